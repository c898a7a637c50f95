#include "pipeline/review/stack_split.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "core/dossier_code.h"
#include "core/durable.h"
#include "pipeline/common/file_names.h"
#include "pipeline/intake/manifest.h"
#include "pipeline/recognition/intake_tools.h"
#include "pipeline/recognition/page_recognition.h"
#include "pipeline/review/review_roles.h"
#include "pipeline/site/site_lock.h"
#include "storage/ledger/ledger.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

std::string pagesText(const PageRange& range) {
  return range.first == range.last ? std::to_string(range.first)
                                   : fmt::format("{}-{}", range.first, range.last);
}

/// Recognised separator sheets of the stack, with their blank backs: page number -> dossier code.
std::map<int, std::string> sheetsOf(const HeldStack& stack) {
  std::map<int, std::string> sheets;
  for (const StackPart& part : stack.plan.parts) {
    for (const int page : part.sheets) sheets[page] = part.code;
  }
  // A sheet recognised by its code alone also separates dossiers.
  for (std::size_t i = 0; i < stack.pages.size(); ++i) {
    if (const auto sheet = sheetOn(stack.pages[i]))
      sheets.try_emplace(static_cast<int>(i) + 1, sheet->code);
  }
  return sheets;
}

/// The order as parts. A sheet goes to the dossier that it names, if that is in the order.
std::vector<StackPart> partsOf(const HeldStack& stack, const SplitOrder& order) {
  std::vector<StackPart> parts;
  std::map<int, bool> given;
  for (const PageRange& range : order.dossiers) {
    auto part = std::find_if(parts.begin(), parts.end(),
                             [&](const StackPart& one) { return one.code == range.code; });
    if (part == parts.end()) part = parts.insert(parts.end(), StackPart{range.code, {}, {}});
    for (int page = range.first; page <= range.last; ++page)
      part->pages.push_back(page), given[page] = true;
  }
  for (const auto& [page, code] : sheetsOf(stack)) {
    const auto part =
        std::find_if(parts.begin(), parts.end(),
                     [&, named = code](const StackPart& one) { return one.code == named; });
    if (part != parts.end() && !given[page]) part->sheets.push_back(page);
  }
  return parts;
}

/// Completes the division: outcome, ledger entry, and the stack's scans moved out of review/.
void conclude(const Site& site, const HeldDossier& held, const SplitOrder& order) {
  const auto clock = site.clock();
  Outcome outcome;
  outcome.batch = held.batch;
  outcome.folder = printable(held.folder);
  outcome.code = held.code;
  outcome.kind = Outcome::Kind::quarantined;
  outcome.cause = codeOf(Cause::stackDivided);
  outcome.detail = splitBatch(held);
  outcome.pages = held.item.pageCount();
  outcome.at = clock->now();
  site.catalogue().open()->recordOutcome(outcome);
  LedgerEntry entry;
  entry.at = outcome.at;
  entry.actor = order.person;
  entry.action = "review.divided";
  entry.subject = held.code;
  std::string ranges, aside;
  for (const PageRange& range : order.dossiers)
    ranges += (ranges.empty() ? "" : " ") + range.code + "=" + pagesText(range);
  for (const PageRange& range : order.aside) aside += (aside.empty() ? "" : " ") + pagesText(range);
  entry.details = {{"batch", held.batch},
                   {"folder", outcome.folder},
                   {"cause", outcome.cause},
                   {"detail", outcome.detail},
                   {"pages", std::to_string(outcome.pages)},
                   {"reason", order.reason},
                   {"dossiers", ranges},
                   {"aside", aside}};
  Ledger(site.ledger()).append(std::move(entry));
  moveToProcessed(site, reviewFolder(site, held.code) / "scans", held.batch, held.folder);
  clearReview(site, held.code);
}

}  // namespace

bool parsePageRange(const std::string& text, bool withCode, PageRange& range) {
  const std::size_t equals = text.find('=');
  if (withCode != (equals != std::string::npos)) return false;
  std::string pages = text;
  if (withCode) {
    range.code = text.substr(0, equals);
    pages = text.substr(equals + 1);
  }
  const std::size_t dash = pages.find('-');
  const std::string first = pages.substr(0, dash),
                    last = dash == std::string::npos ? first : pages.substr(dash + 1);
  for (const std::string& number : {first, last}) {
    if (number.empty() || number.size() > 6 ||
        number.find_first_not_of("0123456789") != std::string::npos)
      return false;
  }
  range.first = std::stoi(first);
  range.last = std::stoi(last);
  return range.first >= 1 && range.first <= range.last;
}

SplitRefusal checkSplit(const HeldDossier& held, const SplitOrder& order,
                        const Catalogue& catalogue) {
  if (!held.item.stack || held.item.stack->pages.empty()) {
    return {
        textId("{} is not a stack whose pages could be looked at: reject it, and scan it again."),
        held.code};
  }
  const HeldStack& stack = *held.item.stack;
  std::vector<int> uses(stack.pages.size() + 1, 0);
  std::vector<PageRange> all = order.dossiers;
  all.insert(all.end(), order.aside.begin(), order.aside.end());
  for (const PageRange& range : all) {
    if (range.last >= static_cast<int>(uses.size()))
      return {textId("The stack has no page {}."), std::to_string(range.last)};
    for (int page = range.first; page <= range.last; ++page) {
      if (++uses[static_cast<std::size_t>(page)] > 1)
        return {textId("Page {} is given twice."), std::to_string(page)};
    }
  }
  for (const PageRange& range : order.dossiers) {
    if (!DossierCode::parse(range.code) || !catalogue.registered(range.code)) {
      return {textId("{} is not in the register."), range.code};
    }
  }
  const auto sheets = sheetsOf(stack);
  for (int page = 1; page < static_cast<int>(uses.size()); ++page) {
    if (uses[static_cast<std::size_t>(page)] == 0 && !sheets.contains(page)) {
      return {
          textId("Page {} belongs to no dossier: give it to one, or set it aside with --aside."),
          std::to_string(page)};
    }
  }
  return {};
}

std::string splitBatch(const HeldDossier& held) {
  std::string name = held.code;
  std::replace(name.begin(), name.end(), '~', '-');  // '~' marks batches whose name was used before
  return name;
}

Result<void> splitStack(const Site& site, const HeldDossier& held, const SplitOrder& order,
                        const fs::path& program) {
  const SiteLock lock(site);
  // Assigning pages to dossiers amounts to an approval.
  if (const auto may = mayAct(site, held, order.person, ReviewAct::approve); !may)
    return may.error();
  const std::string name = splitBatch(held);
  const fs::path record = site.batches() / (name + ".json");
  const fs::path folder = site.intake() / name;
  const bool published =
      fs::exists(folder / kDoneName) || fs::exists(site.batches() / (name + ".finished"));
  if (!published) {
    // Anything left by a killed call is copies and links: the scans are in review/.
    fs::remove(record);
    fs::remove_all(folder);
    fs::remove_all(site.work() / name);
    const Config& config = site.config();
    WorkerProcess worker({program, config.recognition.tessdata, config.recognition.model,
                          config.recognition.workerMemoryMegabytes, false});
    const IntakeTools tools = toolsOf(worker);
    Batch batch{name, name, held.receivedAt, false, {}, {}};
    const fs::path scans = reviewFolder(site, held.code) / "scans";
    DividedStack divided{held.folder, {}, partsOf(*held.item.stack, order)};
    for (const IntakeFile& file : held.item.files) divided.files.push_back(file.original);
    for (const StackPart& part : divided.parts) {
      auto item = stagePart(site, name, held.item, scans, part, tools);
      if (!item) return item.error();
      batch.items.push_back(std::move(*item));
    }
    batch.stacks.push_back(std::move(divided));
    batch.scannedBy = scannersOf(site, held.batch);
    const auto catalogue = site.catalogue().open();
    for (IntakeItem& item : batch.items) {
      if (const auto row = catalogue->registered(item.code))
        item.excludedReason = row->excludedReason;
    }
    writeFileDurably(record, toJson(batch));
    createFoldersDurably(folder);
    publishStacks(site, batch);
    writeFileDurably(folder / kDoneName, "");
  }
  conclude(site, held, order);
  return {};
}

}  // namespace sohoa
