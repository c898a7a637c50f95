#include "pipeline/batch/batch_json.h"

#include <array>
#include <stdexcept>

#include "core/bytes/hex.h"

namespace sohoa::wire {

using nlohmann::json;

namespace {

constexpr std::array<std::string_view, 4> kKinds = {"jpeg", "png", "tiff", "pdf"};

FileKind kindFrom(const json& name) {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (name == kKinds[i]) return static_cast<FileKind>(i);
  }
  throw json::other_error::create(501, "not a kind of file: " + jsonText(name), &name);
}

json write(const std::vector<IncomingPage>& pages) {
  json all = json::array();
  for (const IncomingPage& page : pages) {
    all.push_back({page.width, page.height, page.xDpi, page.yDpi, page.dpiAssumed});
  }
  return all;
}

std::vector<IncomingPage> pagesFrom(const json& all) {
  std::vector<IncomingPage> pages;
  for (const json& page : all) {
    pages.push_back({page.at(0).get<int>(), page.at(1).get<int>(), page.at(2).get<double>(),
                     page.at(3).get<double>(), page.at(4).get<bool>()});
  }
  return pages;
}

}  // namespace

json write(const ItemError& error) {
  return {{"stage", static_cast<int>(error.stage)},
          {"cause", codeOf(error.cause)},
          {"item", error.item},
          {"detail", error.detail}};
}

ItemError itemErrorFrom(const json& from) {
  const auto cause = causeFromCode(from.at("cause").get<std::string>());
  if (!cause)
    throw json::other_error::create(501, "not a cause: " + jsonText(from.at("cause")), &from);
  return {static_cast<Stage>(from.at("stage").get<int>()), *cause,
          from.at("item").get<std::string>(), from.at("detail").get<std::string>()};
}

json write(const IncomingFile& file) {
  return {{"kind", kKinds.at(static_cast<std::size_t>(file.kind))},
          {"signed", file.alreadySigned},
          {"page_count", file.pageCount},
          {"pages", write(file.pages)}};
}

IncomingFile incomingFileFrom(const json& from) {
  IncomingFile file;
  file.kind = kindFrom(from.at("kind"));
  from.at("signed").get_to(file.alreadySigned);
  from.at("page_count").get_to(file.pageCount);
  file.pages = pagesFrom(from.at("pages"));
  return file;
}

json write(const IntakeFile& file) {
  json out = {{"name", file.original.name},
              {"bytes", file.original.bytes},
              {"sha512", file.original.sha512.hex()},
              {"kind", kKinds.at(static_cast<std::size_t>(file.kind))},
              {"signed", file.alreadySigned},
              {"page_count", file.original.pages},
              {"pages", write(file.pages)}};
  if (!file.scanSigner.empty()) out["scan_signer"] = file.scanSigner;
  if (!file.receivedBecause.empty()) out["received_because"] = file.receivedBecause;
  if (file.original.separator) out["separator"] = true;
  if (file.original.source) out["source"] = write(*file.original.source);
  if (file.replaces) out["replaces"] = {file.replaces->name, file.replaces->index};
  return out;
}

IntakeFile intakeFileFrom(const json& from) {
  IntakeFile file;
  from.at("name").get_to(file.original.name);
  from.at("bytes").get_to(file.original.bytes);
  const auto digest = Sha512::fromHex(from.at("sha512").get<std::string>());
  if (!digest) throw json::other_error::create(501, "not a sha512", &from);
  file.original.sha512 = *digest;
  file.kind = kindFrom(from.at("kind"));
  from.at("signed").get_to(file.alreadySigned);
  from.at("page_count").get_to(file.original.pages);
  file.pages = pagesFrom(from.at("pages"));
  if (from.contains("replaces")) {
    const json& place = from.at("replaces");
    file.replaces = IntakeFile::Place{place.at(0).get<std::string>(), place.at(1).get<int>()};
  }
  file.scanSigner = from.value("scan_signer", std::string());
  file.receivedBecause = from.value("received_because", std::string());
  file.original.separator = from.value("separator", false);
  if (from.contains("source")) file.original.source = stackSourceFrom(from.at("source"));
  return file;
}

json write(const IntakeItem& item) {
  json files = json::array();
  for (const IntakeFile& file : item.files) files.push_back(write(file));
  json out = {{"folder", hexOf(item.folder)},
              {"code", item.code},
              {"files", std::move(files)},
              {"problem", item.problem ? write(*item.problem) : json(nullptr)}};
  if (!item.excludedReason.empty()) out["excluded_reason"] = item.excludedReason;
  if (item.declaredPages > 0) out["declared_pages"] = item.declaredPages;
  for (const PageTwin& twin : item.twins) {
    out["twins"].push_back({hexOf(twin.page), hexOf(twin.other), hexOf(twin.dossier)});
  }
  if (item.stack) out["stack"] = write(*item.stack);
  return out;
}

IntakeItem intakeItemFrom(const json& from) {
  IntakeItem item;
  item.folder = bytesFromHex(from.at("folder").get<std::string>());
  from.at("code").get_to(item.code);
  for (const json& file : from.at("files")) item.files.push_back(intakeFileFrom(file));
  if (!from.at("problem").is_null()) item.problem = itemErrorFrom(from.at("problem"));
  item.excludedReason = from.value("excluded_reason", std::string());
  item.declaredPages = from.value("declared_pages", 0);
  for (const json& twin : from.value("twins", json::array())) {
    const auto name = [&](std::size_t i) { return bytesFromHex(twin.at(i).get<std::string>()); };
    item.twins.push_back({PageTwin::Kind::same, name(0), name(1), name(2)});
  }
  if (from.contains("stack")) item.stack = heldStackFrom(from.at("stack"));
  return item;
}

}  // namespace sohoa::wire
