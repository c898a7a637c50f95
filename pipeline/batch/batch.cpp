#include "pipeline/batch/batch.h"

#include <fmt/core.h>

#include "core/texts/json.h"
#include "pipeline/batch/batch_json.h"
#include "pipeline/batch/note_shot.h"

namespace sohoa {

using nlohmann::json;

int IntakeItem::pageCount() const {
  int count = 0;
  for (const IntakeFile& file : files) {
    count += file.replaces || file.original.separator ? 0 : file.original.pages;
  }
  return count;
}

std::vector<ItemPage> pagesOf(const IntakeItem& item) {
  std::vector<ItemPage> pages;
  for (const IntakeFile& file : item.files) {
    if (file.asReceived() || file.replaces || file.original.separator) continue;
    for (int index = 0; index < static_cast<int>(file.pages.size()); ++index) {
      ItemPage page{&file, index, nullptr};
      const IntakeFile::Place place{file.original.name, index};
      for (const IntakeFile& again : item.files) {  // the newest replacement applies
        if (again.replaces == place) page = {&again, 0, &file};
      }
      pages.push_back(page);
    }
  }
  return pages;
}

int countedPages(const IntakeItem& item) {
  int count = 0;
  for (const IntakeFile& file : item.files) {
    const bool counts =
        !file.replaces && !file.original.separator && !isNoteShot(file.original.name);
    count += counts ? file.original.pages : 0;
  }
  return count;
}

std::string pageName(const IntakeFile& file, int index) {
  if (file.original.pages <= 1) return file.original.name;
  return fmt::format("{}, {}", file.original.name, index + 1);
}

std::string toJson(const Batch& batch) {
  json items = json::array();
  for (const IntakeItem& item : batch.items) items.push_back(wire::write(item));
  json whole = {{"format", 1},
                {"id", batch.id},
                {"folder", batch.folder},
                {"received_at", isoUtc(batch.receivedAt)},
                {"items", std::move(items)}};
  if (!batch.scannedBy.empty()) whole["scanned_by"] = batch.scannedBy;
  for (const DividedStack& stack : batch.stacks) whole["stacks"].push_back(wire::write(stack));
  return jsonText(whole, 1) + "\n";
}

Batch batchFromJson(const std::string& text) try {
  const json whole = parseJson(text);
  Batch batch;
  whole.at("id").get_to(batch.id);
  whole.at("folder").get_to(batch.folder);
  const auto receivedAt = parseIsoTime(whole.at("received_at").get<std::string>());
  if (!receivedAt) throw BatchError(Cause::diskError, "batch record without a time");
  batch.receivedAt = *receivedAt;
  for (const json& item : whole.at("items")) batch.items.push_back(wire::intakeItemFrom(item));
  batch.scannedBy = whole.value("scanned_by", std::vector<std::string>());
  for (const json& stack : whole.value("stacks", json::array())) {
    batch.stacks.push_back(wire::dividedStackFrom(stack));
  }
  return batch;
} catch (const nlohmann::json::exception& error) {
  throw BatchError(Cause::diskError, std::string("a batch record cannot be read: ") + error.what());
}

}  // namespace sohoa
