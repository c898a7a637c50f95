#include "pipeline/dossier/quality_gate.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "pipeline/batch/note_shot.h"
#include "pipeline/common/file_names.h"
#include "pipeline/intake/batch_notes.h"
#include "pipeline/intake/document_plan.h"

namespace sohoa {
namespace {

/// Scanners round: 199.9 dpi means 200.
constexpr double kDpiTolerance = 1.0;
/// Minimum number of words for a meaningful mean confidence.
constexpr int kWordsToJudgeBy = 10;
/// Pages with less ink than this, as a share of the page, cannot hide a line of text.
constexpr double kInkWorthReading = 0.002;

/// File names by document ("" for files without a label), without the label: what remains counts
/// pages.
std::map<std::string, std::vector<std::string>> pageNames(
    const IntakeItem& item, const std::vector<PlannedDocument>& documents) {
  std::map<std::string, std::vector<std::string>> names;
  for (const PlannedDocument& document : documents) {
    for (const std::size_t i : document.files) {
      // The pages of a stack were counted when it was divided.
      if (item.files[i].original.source) continue;
      std::string name = item.files[i].original.name, of = document.label.text();
      if (const auto slash = name.rfind('/'); slash != std::string::npos) {
        name.erase(0, slash + 1);
      } else if (labelOfFile(name)) {
        const auto end = name.find_first_of(" -_.", name.find_first_of("0123456789"));
        if (end != std::string::npos) name.erase(0, name[end] == '.' ? end : end + 1);
      } else {
        of.clear();
      }
      names[of].push_back(std::move(name));
    }
  }
  return names;
}

ItemError problem(Stage stage, Cause cause, std::string item, std::string detail = {}) {
  return {stage, cause, std::move(item), std::move(detail)};
}

}  // namespace

std::vector<ItemError> judgeIntake(const IntakeItem& item, const QualityConfig& quality) {
  std::vector<ItemError> problems;
  const auto documents = planDocuments(item.files);
  if (!documents) return {documents.error()};
  if (const auto missing = missingDocument(*documents)) {
    problems.push_back(problem(Stage::intake, Cause::documentMissing, *missing));
  }
  for (const auto& [document, names] : pageNames(item, *documents)) {
    const auto missing = missingNumber(names);
    if (!missing) continue;
    const std::string place = document.empty() ? "" : document + ", ";
    problems.push_back(problem(Stage::intake, Cause::pagesGap, place + std::to_string(*missing)));
  }
  if (!item.excludedReason.empty()) {
    problems.push_back(
        problem(Stage::intake, Cause::dossierExcluded, item.code, item.excludedReason));
  }
  const int counted = countedPages(item);
  if (item.declaredPages > 0 && counted != item.declaredPages) {
    problems.push_back(problem(Stage::intake, Cause::pagesDeclared, item.code,
                               fmt::format("{} != {}", counted, item.declaredPages)));
  }
  for (const ItemPage& place : pagesOf(item)) {
    const IncomingPage& page = place.file->pages.at(static_cast<std::size_t>(place.index));
    if (std::min(page.xDpi, page.yDpi) >= quality.minDpi - kDpiTolerance) continue;
    problems.push_back(problem(Stage::intake, Cause::imageLowResolution,
                               pageName(*place.file, place.index),
                               fmt::format("{:.0f} x {:.0f} dpi", page.xDpi, page.yDpi)));
  }
  return problems;
}

std::optional<ItemError> judgePage(const PageAttempt& page, const QualityConfig& quality) {
  const std::string name = pageName(*page.file, page.index);
  if (!page.reading) {
    ItemError error = page.reading.error();
    error.item = name;
    return error;
  }
  const PageReading& reading = *page.reading;
  if (reading.blank) return std::nullopt;
  const int words = wordCount(reading);
  if (reading.kind != PageKind::print) {
    return problem(Stage::gate,
                   reading.kind == PageKind::picture ? Cause::pagePicture : Cause::pageHandwritten,
                   name, fmt::format("{} words", words));
  }
  if (!reading.orientationSure) {
    return problem(Stage::gate, Cause::pageOrientation, name);
  }
  if (reading.inkShare > kInkWorthReading &&
      (words == 0 || reading.unreadInkShare > quality.maxUnreadInk)) {
    return problem(Stage::gate, Cause::pageUnread, name,
                   fmt::format("{:.0f} % unread", 100 * reading.unreadInkShare));
  }
  if (words >= kWordsToJudgeBy && reading.confidence < quality.minConfidence) {
    return problem(Stage::gate, Cause::pageDoubtful, name,
                   fmt::format("{:.2f}", reading.confidence));
  }
  return std::nullopt;
}

PageRecord pageRecord(const PageAttempt& page, int number, const QualityConfig& quality,
                      const std::set<std::string>& accepted) {
  PageRecord record;
  record.number = number;
  record.original = page.file->original.name;
  record.originalPage = page.index + 1;
  const IncomingPage& incoming = page.file->pages.at(static_cast<std::size_t>(page.index));
  record.width = incoming.width;
  record.height = incoming.height;
  record.xDpi = incoming.xDpi;
  record.yDpi = incoming.yDpi;
  if (isNoteShot(page.file->original.name)) record.flags.push_back("note_shot");
  if (const auto& before = page.file->replaces) {
    record.flags.push_back("rescanned");
    record.replaces = fmt::format("{}, {}", before->name, before->index + 1);
  }
  if (incoming.dpiAssumed) record.flags.push_back("dpi_assumed");
  if (page.reading) {
    const PageReading& reading = *page.reading;
    record.rotation = reading.rotation;
    record.skewDegrees = reading.skewDegrees;
    record.inkShare = reading.inkShare;
    record.confidence = reading.confidence;
    record.words = wordCount(reading);
    record.suspectWords = suspectCount(reading);
    if (reading.rotation != 0) record.flags.push_back("rotated");
    if (reading.blank) record.flags.push_back("blank");
    if (reading.blank) record.outcome = PageOutcome::flagged;
  }
  const auto doubt = judgePage(page, quality);
  if (doubt && accepted.contains(std::string(codeOf(doubt->cause)))) {
    record.flags.emplace_back(codeOf(doubt->cause));
    record.outcome = PageOutcome::flagged;
  }
  return record;
}

}  // namespace sohoa
