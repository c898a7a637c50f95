#include "pipeline/night/night_run.h"

#include <algorithm>
#include <chrono>

#include "pipeline/common/file_names.h"
#include "pipeline/recognition/intake_tools.h"
#include "pipeline/recognition/page_recognition.h"
#include "pipeline/site/agency_key.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// Space per byte taken in: work files, the PDF, and the object's copies of originals and PDF.
constexpr std::uintmax_t kSpacePerByte = 5;
constexpr std::uintmax_t kSpaceAtLeast = 64u << 20;

}  // namespace

void requireSpace(const Site& site, const std::list<Batch>& batches) {
  std::uintmax_t incoming = 0;
  for (const Batch& batch : batches) {
    for (const IntakeItem& item : batch.items) {
      for (const IntakeFile& file : item.files) incoming += file.original.bytes;
    }
  }
  if (fs::space(site.root()).available < incoming * kSpacePerByte + kSpaceAtLeast) {
    throw BatchError(Cause::diskFull, site.root().string());
  }
}

/// Whether a folder is to be taken in; reports the reason if not.
bool NightRun::wanted(const IntakeFolder& folder) {
  if (options_.dossier || (options_.batch && folder.name != *options_.batch)) return false;
  if (folder.closed) return true;
  ++summary_.leftAlone;
  listener_.leftAlone(printable(folder.name), folder.problem);
  return false;
}

/// Accepted dossiers in review/ that this run is to process.
std::vector<HeldDossier> NightRun::accepted() const {
  std::vector<HeldDossier> all = listHeld(site_);
  std::erase_if(all, [&](const HeldDossier& held) {
    return !held.decision || options_.batch || (options_.dossier && held.code != *options_.dossier);
  });
  return all;
}

const Batch& NightRun::takeInOne(const std::string& folder) {
  batches_.push_back(
      takeIn(site_, folder, *environment_.catalogue, *environment_.clock,
             toolsOf(*environment_.pool, halt_, site_.trust(), environment_.clock->now())));
  const Batch& batch = batches_.back();
  int pages = 0;
  for (const IntakeItem& item : batch.items) pages += item.pageCount();
  listener_.takenIn(batch.id, static_cast<int>(batch.items.size()), pages);
  return batch;
}

void NightRun::takeInBatches() {
  const auto folders = listIntake(site_);
  for (const IntakeFolder& folder : folders) {
    if (wanted(folder)) takeInOne(folder.name);
  }
  const bool found = std::any_of(folders.begin(), folders.end(), [&](const IntakeFolder& folder) {
    return folder.name == options_.batch;
  });
  if (options_.batch && !found) {
    ++summary_.leftAlone;
    listener_.leftAlone(*options_.batch, "there is no such batch in intake");
  }
}

/// Reads ledger entries that an earlier, dead run may have written for the dossiers of this run.
void NightRun::addKnownEntries(const std::set<std::string>& batches) {
  if (batches.empty()) return;
  std::set<std::string> known;
  environment_.ledger.forEach([&](const LedgerEntry& entry) {
    const auto batch = entry.details.find("batch");
    if (batch != entry.details.end() && batches.contains(batch->second)) {
      known.insert(FilingLog::keyOf(entry));
    }
  });
  filer_.addKnownEntries(std::move(known));
}

void NightRun::logReceived(const Batch& batch) {
  filer_.log("batch.received", batch.id,
             {{"batch", batch.id},
              {"dossiers", std::to_string(batch.items.size())},
              {"record", sha512(toJson(batch)).hex()}});
  for (const DividedStack& stack : batch.stacks) {
    std::size_t sheets = 0, pages = 0;
    for (const StackPart& part : stack.parts)
      sheets += part.sheets.size(), pages += part.pages.size();
    filer_.log("stack.divided", printable(stack.folder),
               {{"batch", batch.id},
                {"originals", contentFingerprint(stack.files).hex()},
                {"dossiers", std::to_string(stack.parts.size())},
                {"separator_pages", std::to_string(sheets)},
                {"pages", std::to_string(pages)}});
  }
}

bool NightRun::mayBegin() const {
  if (stop_ || halt_) return false;
  return !options_.until || environment_.clock->now() < *options_.until;
}

/// Passes a dossier that needs no reading to the filing thread, any other to `toRead`.
void NightRun::sortOut(DossierTask task, FilingThread& filing, std::vector<DossierTask>& toRead) {
  const std::set<std::string> accepted = acceptedCauses(task);
  std::vector<ItemError> problems;
  if (task.item.problem) {  // cannot be accepted: some of its files could not be taken in
    problems = {*task.item.problem};
    if (task.item.stack && task.item.stack->plan.problems.size() > 1)
      problems = task.item.stack->plan.problems;
    return filing.put(std::move(task), std::move(problems));
  }
  const auto presence = filer_.presence(task.item);
  if (presence == DossierFiler::Presence::same) return filing.put(std::move(task));
  if (presence == DossierFiler::Presence::different) {
    problems.push_back({Stage::intake, Cause::dossierFiledDifferently, task.item.code, ""});
  }
  for (ItemError& problem : judgeIntake(task.item, site_.config().quality))
    problems.push_back(std::move(problem));
  std::erase_if(problems, [&](const ItemError& problem) {
    return accepted.contains(std::string(codeOf(problem.cause)));
  });
  if (!problems.empty()) return filing.put(std::move(task), std::move(problems));
  listPages(task, environment_.pool->engine());
  if (task.pages.empty()) return filing.put(std::move(task));
  toRead.push_back(std::move(task));
}

/// Applies the quality gate once every page of a dossier has been read.
void NightRun::judge(DossierTask task, FilingThread& filing) const {
  const std::set<std::string> accepted = acceptedCauses(task);
  std::vector<ItemError> problems;
  for (std::size_t i = 0; i < task.pages.size(); ++i) {
    const PageAttempt& page = task.pages[i];
    const auto problem = judgePage(page, site_.config().quality);
    if (!problem) continue;
    if (!accepted.contains(std::string(codeOf(problem->cause)))) {
      problems.push_back(*problem);
    } else if (!page.reading) {
      keepUnread(task, i);
    }
  }
  filing.put(std::move(task), std::move(problems));
}

/// Whether the dossier still needs a decision; after one, its scans leave intake/.
bool NightRun::inHand(const Batch& batch, const IntakeItem& item) const {
  if (fs::exists(fs::symlink_status(site_.intake() / batch.folder / item.folder))) return true;
  const bool neverThere =
      item.files.empty() && item.problem && item.problem->cause == Cause::manifestMissing;
  if (!neverThere) return false;
  const auto outcomes = environment_.catalogue->outcomes(batch.id);
  return std::none_of(outcomes.begin(), outcomes.end(), [&](const Outcome& outcome) {
    return outcome.folder == printable(item.folder);
  });
}

DossierTask NightRun::taskOf(const Batch& batch, const IntakeItem& item) const {
  DossierTask task;
  task.batch = batch.id;
  task.receivedAt = batch.receivedAt;
  task.item = item;
  task.scans = site_.intake() / batch.folder / item.folder;
  task.work = workFolder(site_, batch.id, item.folder);
  return task;
}

DossierTask NightRun::taskOf(HeldDossier held) const {
  DossierTask task;
  task.batch = held.batch;
  task.receivedAt = held.receivedAt;
  task.item = std::move(held.item);
  task.scans = reviewFolder(site_, held.code) / "scans";
  task.work = reviewFolder(site_, held.code);
  task.decision = std::move(held.decision);
  task.keyed = std::move(held.keyed);
  return task;
}

/// Processes the dossiers. Filing runs in its own thread and may not have finished on return.
void NightRun::work(std::vector<DossierTask> tasks, FilingThread& filing) {
  std::vector<DossierTask> toRead;
  for (DossierTask& task : tasks) sortOut(std::move(task), filing, toRead);
  pagesToRead_ += pagesToRead(toRead);
  listener_.willRead(pagesToRead_);
  const RecognitionLimits limits{
      std::chrono::seconds(site_.config().recognition.pageTimeoutSeconds),
      site_.config().recognition.pageAttempts};
  readAll(
      toRead, *environment_.pool, limits, halt_, [&] { return mayBegin(); },
      [&](const DossierTask& task) {
        ++summary_.pages;
        listener_.pageRead(task.item.code);
      },
      [&](DossierTask task) { judge(std::move(task), filing); });
}

void NightRun::workAlone() {
  takeInBatches();
  auto fromReview = accepted();
  requireSpace(site_, batches_);
  std::set<std::string> resumed;
  for (const Batch& batch : batches_) {
    if (batch.resumed) resumed.insert(batch.id);
  }
  for (const HeldDossier& held : fromReview) resumed.insert(held.batch);
  addKnownEntries(resumed);
  std::vector<DossierTask> tasks;
  for (const Batch& batch : batches_) {
    logReceived(batch);
    for (const IntakeItem& item : batch.items) {
      if (inHand(batch, item)) tasks.push_back(taskOf(batch, item));
    }
  }
  summary_.fromReview = static_cast<int>(fromReview.size());
  for (HeldDossier& held : fromReview) tasks.push_back(taskOf(std::move(held)));
  FilingThread filing(filer_, listener_, halt_);
  work(std::move(tasks), filing);
  filing.finish();
  closeBatches();
}

/// Adds the outcomes of a batch to the summary.
void NightRun::count(const Batch& batch) {
  const auto outcomes = environment_.catalogue->outcomes(batch.id);
  ++summary_.batches;
  summary_.received += static_cast<int>(batch.items.size());
  summary_.remaining += static_cast<int>(batch.items.size() - outcomes.size());
  for (const Outcome& outcome : outcomes) {
    summary_.filed += outcome.kind == Outcome::Kind::filed ? 1 : 0;
    summary_.held += outcome.kind == Outcome::Kind::held ? 1 : 0;
    summary_.quarantined += outcome.kind == Outcome::Kind::quarantined ? 1 : 0;
  }
}

bool NightRun::allMoved(const Batch& batch) const {
  return std::none_of(batch.items.begin(), batch.items.end(), [&](const IntakeItem& item) {
    return fs::exists(fs::symlink_status(site_.intake() / batch.folder / item.folder));
  });
}

void NightRun::closeBatches() {
  for (const Batch& batch : batches_) {
    count(batch);
    if (allMoved(batch)) closeBatch(site_, batch);
  }
}

void NightRun::warnOfKey() {
  const KeyState& state = environment_.keyState;
  if (state.daysLeft <= kWarnDaysBefore) {
    listener_.warning(textId("the signing certificate expires in {} days"),
                      std::to_string(state.daysLeft));
  }
  if (!state.revocationKnown && site_.config().signing.level >= SignatureLevel::bLT) {
    listener_.warning(textId("the revocation status of the signing certificate is unknown: {}"),
                      state.unknownBecause);
  }
}

NightSummary NightRun::run() {
  const auto start = std::chrono::steady_clock::now();
  warnOfKey();
  environment_.shared ? workWithOthers() : workAlone();
  summary_.waiting = listener_.waiting();
  summary_.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return summary_;
}

}  // namespace sohoa
