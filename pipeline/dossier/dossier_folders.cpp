#include "pipeline/dossier/dossier_folders.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/bytes/hex.h"
#include "core/durable.h"
#include "core/texts/detail_text.h"
#include "core/texts/json.h"
#include "pipeline/batch/batch_json.h"
#include "pipeline/common/file_names.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kHeld = "held.json";
constexpr std::string_view kScans = "scans";
constexpr std::string_view kScansPart = "scans.part";  ///< renamed to kScans once the file is in it

/// Maximum bytes of a name, so that "~999" and ".reason.txt" can be appended.
constexpr std::size_t kLongestName = 200;

/// The first of name, name~2, name~3 … that is free in `folder` and accepted by `suits`.
template <class Suits>
fs::path freePlace(const fs::path& folder, const std::string& name, Suits suits) {
  for (int n = 1;; ++n) {
    const fs::path place = folder / (n == 1 ? name : fmt::format("{}~{}", name, n));
    if (!fs::exists(fs::symlink_status(place)) && suits(place)) return place;
  }
}

fs::path freePlace(const fs::path& folder, const std::string& name) {
  return freePlace(folder, name, [](const fs::path&) { return true; });
}

std::string shortened(const std::string& name) {
  if (name.size() <= kLongestName) return name;
  std::size_t end = kLongestName;
  // inside a UTF-8 sequence
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return name.substr(0, end == 0 ? kLongestName : end);
}

/// Like renameDurably, but also for a folder that its owner may not write to: moving it changes its
/// "..".
void moveScans(const fs::path& from, const fs::path& to) {
  if (fs::is_directory(fs::symlink_status(from))) {
    std::error_code notOurs;  // then the rename itself reports the error
    fs::permissions(from, fs::perms::owner_all, fs::perm_options::add, notOurs);
  }
  renameDurably(from, to);
}

std::string toJson(const HeldDossier& held) {
  json problems = json::array();
  for (const ItemError& problem : held.problems) problems.push_back(wire::write(problem));
  json whole = {{"format", 1},
                {"batch", held.batch},
                {"code", held.code},
                {"received_at", isoUtc(held.receivedAt)},
                {"held_at", isoUtc(held.heldAt)},
                {"problems", std::move(problems)},
                {"item", wire::write(held.item)},
                {"accepted_before", held.acceptedBefore},
                {"keyed", json::object()},
                {"decision", nullptr}};
  for (const auto& [name, field] : held.keyed) {
    whole["keyed"][name] = {
        {"value", field.value}, {"person", field.person}, {"reason", field.reason}};
  }
  for (const auto& [name, keyings] : held.keyings) {
    for (const Keying& one : keyings) {
      whole["keyings"][name].push_back({{"person", one.person},
                                        {"value", one.value},
                                        {"reason", one.reason},
                                        {"at", isoUtc(one.at)}});
    }
  }
  for (const RescanRequest& one : held.rescans) {
    whole["rescans"].push_back({{"page", one.page},
                                {"name", hexOf(one.name)},
                                {"person", one.person},
                                {"reason", one.reason},
                                {"at", isoUtc(one.at)}});
  }
  if (const auto& decision = held.decision) {
    whole["decision"] = {{"person", decision->person},
                         {"reason", decision->reason},
                         {"causes", decision->causes},
                         {"at", isoUtc(decision->at)}};
  }
  return jsonText(whole, 1) + "\n";
}

Time timeFrom(const json& at) {
  return parseIsoTime(at.at("at").get<std::string>()).value_or(Time{});
}

HeldDossier heldFrom(const fs::path& file) try {
  const json whole = parseJson(readFile(file));
  HeldDossier held;
  whole.at("batch").get_to(held.batch);
  whole.at("code").get_to(held.code);
  held.receivedAt = parseIsoTime(whole.at("received_at").get<std::string>()).value_or(Time{});
  held.heldAt = parseIsoTime(whole.at("held_at").get<std::string>()).value_or(Time{});
  for (const json& problem : whole.at("problems"))
    held.problems.push_back(wire::itemErrorFrom(problem));
  held.item = wire::intakeItemFrom(whole.at("item"));
  held.folder = held.item.folder;
  whole.at("accepted_before").get_to(held.acceptedBefore);
  const json keyed = whole.value("keyed", json::object());
  for (const auto& [name, from] : keyed.items()) {
    DocumentField& field = held.keyed[name];
    field.value = from.at("value").get<std::string>();
    field.source = kKeyed;
    field.person = from.at("person").get<std::string>();
    field.reason = from.at("reason").get<std::string>();
  }
  const json keyings = whole.value("keyings", json::object());
  for (const auto& [name, list] : keyings.items()) {
    for (const json& one : list) {
      held.keyings[name].push_back(
          {one.at("person"), one.at("value"), one.at("reason"), timeFrom(one)});
    }
  }
  for (const json& one : whole.value("rescans", json::array())) {
    held.rescans.push_back({one.at("page"), bytesFromHex(one.at("name").get<std::string>()),
                            one.at("person"), one.at("reason"), timeFrom(one)});
  }
  if (const json& decision = whole.at("decision"); !decision.is_null()) {
    held.decision = ReviewDecision{
        decision.at("person").get<std::string>(), decision.at("reason").get<std::string>(),
        decision.at("causes").get<std::vector<std::string>>(),
        parseIsoTime(decision.at("at").get<std::string>()).value_or(Time{})};
  }
  return held;
} catch (const json::exception& error) {
  throw BatchError(Cause::diskError, file.string() + ": " + error.what());
}

std::string reasonText(const std::string& folder, const ItemError& why) {
  const std::string about = why.item.empty() ? std::string() : fmt::format(" ({})", why.item);
  std::string text = fmt::format("{}\n\nLý do: {}{}.\nReason: {}{}.\nCode: {}\n", printable(folder),
                                 reasonOf(why.cause, Language::vi), about,
                                 reasonOf(why.cause, Language::en), about, codeOf(why.cause));
  if (why.detail.empty()) return text;
  const std::string inVietnamese = detailText(Language::vi, why.detail);
  if (inVietnamese != why.detail) text += inVietnamese + "\n";
  return text + why.detail + "\n";
}

}  // namespace

fs::path reviewFolder(const Site& site, const std::string& code) { return site.review() / code; }

fs::path workFolder(const Site& site, const std::string& batch, const std::string& folder) {
  return site.work() / batch / folder;
}

void moveToReview(const Site& site, const fs::path& scans, const HeldDossier& held) {
  const fs::path work = workFolder(site, held.batch, held.folder);
  createFoldersDurably(work);
  writeFileDurably(work / kHeld, toJson(held));
  if (fs::is_regular_file(fs::symlink_status(scans))) {  // a stack that is one file
    createFoldersDurably(work / kScansPart);
    moveScans(scans, work / kScansPart / scans.filename());
    renameDurably(work / kScansPart, work / kScans);
  } else {
    moveScans(scans, work / kScans);
  }
  renameDurably(work, reviewFolder(site, held.code));
}

void clearReview(const Site& site, const std::string& code) {
  const fs::path folder = reviewFolder(site, code);
  std::vector<fs::path> rest;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename() != kHeld) rest.push_back(entry.path());
  }
  for (const fs::path& path : rest) fs::remove_all(path);
  fs::remove(folder / kHeld);  // last: finishMoves uses it to recognise an interrupted removal
  fs::remove(folder);
  syncFolder(site.review());
}

bool finishMoveToReview(const Site& site, const fs::path& work) {
  const fs::path part = work / kScansPart;
  if (fs::exists(work / kHeld) && fs::exists(part) && !fs::is_empty(part))
    renameDurably(part, work / kScans);
  if (!fs::exists(work / kHeld) || !fs::exists(work / kScans)) return false;
  renameDurably(work, reviewFolder(site, heldFrom(work / kHeld).code));
  return true;
}

bool finishClearing(const Site& site, const std::string& code) {
  const fs::path folder = reviewFolder(site, code);
  if (!fs::is_directory(folder) || fs::exists(folder / kScans)) return false;
  // A folder that a person put there is not touched.
  if (!fs::exists(folder / kHeld) && !fs::is_empty(folder)) return false;
  clearReview(site, code);
  return true;
}

void finishMoves(const Site& site) {
  std::vector<std::string> codes;
  for (const auto& held : fs::directory_iterator(site.review())) {
    codes.push_back(held.path().filename().native());
  }
  for (const std::string& code : codes) finishClearing(site, code);
  for (const auto& batch : fs::directory_iterator(site.work())) {
    if (!batch.is_directory()) continue;
    std::vector<fs::path> works;
    for (const auto& work : fs::directory_iterator(batch.path())) works.push_back(work.path());
    for (const fs::path& work : works) finishMoveToReview(site, work);
  }
}

namespace {

/// Removes the temporary file of writeFileDurably() left by a run that was killed while writing the
/// reason. No other process writes it, since this run owns the dossier.
void removeUnfinished(const fs::path& file) {
  const std::string beginning = "." + file.filename().native().substr(0, 200) + ".tmp";
  std::vector<fs::path> left;
  for (const auto& entry : fs::directory_iterator(file.parent_path())) {
    const bool regular = entry.symlink_status().type() == fs::file_type::regular;
    if (regular && entry.path().filename().native().starts_with(beginning))
      left.push_back(entry.path());
  }
  for (const fs::path& one : left) fs::remove(one);
}

}  // namespace

void moveToQuarantine(const Site& site, const fs::path& scans, const std::string& batch,
                      const std::string& folder, const ItemError& why) {
  const fs::path shelf = site.quarantine() / batch;
  createFoldersDurably(shelf);
  const std::string reason = reasonText(folder, why);
  const auto reasonFile = [](const fs::path& place) {
    return fs::path(place.native() + ".reason.txt");
  };
  const fs::path place = freePlace(shelf, shortened(folder), [&](const fs::path& wanted) {
    // The reason is ours from before a crash, or belongs to a stray file of the same name, which
    // must not be overwritten.
    const fs::path file = reasonFile(wanted);
    return !fs::exists(fs::symlink_status(file)) ||
           (fs::is_regular_file(file) && readFile(file) == reason);
  });
  removeUnfinished(reasonFile(place));
  writeFileDurably(reasonFile(place), reason);
  // A dossier known only from the manifest leaves nothing but the reason.
  if (fs::exists(fs::symlink_status(scans))) moveScans(scans, place);
}

void moveToProcessed(const Site& site, const fs::path& scans, const std::string& batch,
                     const std::string& folder) {
  const fs::path shelf = site.processed() / batch;
  createFoldersDurably(shelf);
  moveScans(scans, freePlace(shelf, folder));
}

void closeBatch(const Site& site, const Batch& batch) {
  const fs::path folder = site.intake() / batch.folder;
  const fs::path record = site.batches() / (batch.id + ".json");
  if (fs::exists(record)) writeFileDurably(site.batches() / (batch.id + ".finished"), "");
  std::error_code ignored;
  fs::remove_all(site.work() / batch.id, ignored);
  if (!fs::exists(folder)) return;
  // Only our markers and the operating system's leftovers remain.
  createFoldersDurably(site.processed());
  const fs::path rest = site.processed() / batch.id;
  createFoldersDurably(rest);
  for (const auto& entry : fs::directory_iterator(folder)) {
    renameDurably(entry.path(), freePlace(rest, entry.path().filename().native()));
  }
  fs::remove(folder);
  syncFolder(site.intake());
}

std::optional<HeldDossier> findHeld(const Site& site, const std::string& code) {
  const fs::path file = reviewFolder(site, code) / kHeld;
  if (!fs::exists(file)) return std::nullopt;
  return heldFrom(file);
}

std::vector<HeldDossier> listHeld(const Site& site) {
  std::vector<HeldDossier> all;
  for (const auto& entry : fs::directory_iterator(site.review())) {
    if (auto held = findHeld(site, entry.path().filename().native()))
      all.push_back(std::move(*held));
  }
  std::sort(all.begin(), all.end(),
            [](const HeldDossier& a, const HeldDossier& b) { return a.code < b.code; });
  return all;
}

void saveHeld(const Site& site, const HeldDossier& held) {
  writeFileDurably(reviewFolder(site, held.code) / kHeld, toJson(held));
}

}  // namespace sohoa
