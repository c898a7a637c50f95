#include "pipeline/batch.h"

#include <nlohmann/json.hpp>

#include "pipeline/wire.h"

namespace sohoa {

using nlohmann::json;

int IntakeItem::pageCount() const {
  int count = 0;
  for (const IntakeFile& file : files) count += file.original.separator ? 0 : file.original.pages;
  return count;
}

std::string toJson(const Batch& batch) {
  json items = json::array();
  for (const IntakeItem& item : batch.items) items.push_back(wire::write(item));
  json whole = {{"format", 1},
                      {"id", batch.id},
                      {"folder", batch.folder},
                      {"received_at", isoUtc(batch.receivedAt)},
                      {"items", std::move(items)}};
  for (const DividedStack& stack : batch.stacks) whole["stacks"].push_back(wire::write(stack));
  return whole.dump(1) + "\n";
}

Batch batchFromJson(const std::string& text) try {
  const json whole = json::parse(text);
  Batch batch;
  whole.at("id").get_to(batch.id);
  whole.at("folder").get_to(batch.folder);
  const auto receivedAt = parseIsoTime(whole.at("received_at").get<std::string>());
  if (!receivedAt) throw BatchError(Cause::diskError, "batch record without a time");
  batch.receivedAt = *receivedAt;
  for (const json& item : whole.at("items")) batch.items.push_back(wire::intakeItemFrom(item));
  for (const json& stack : whole.value("stacks", json::array())) {
    batch.stacks.push_back(wire::dividedStackFrom(stack));
  }
  return batch;
} catch (const nlohmann::json::exception& error) {
  throw BatchError(Cause::diskError, std::string("a batch record cannot be read: ") + error.what());
}

}  // namespace sohoa
