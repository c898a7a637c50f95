#include "pipeline/night.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "pipeline/agency_key.h"
#include "pipeline/signing_services.h"
#include "pipeline/filing_thread.h"
#include "pipeline/intake.h"
#include "pipeline/names.h"
#include "pipeline/reading_room.h"
#include "pipeline/shelves.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// Work files, the PDF, and the object's copies of both originals and PDF, for each byte taken in.
constexpr std::uintmax_t kSpacePerByte = 5;
constexpr std::uintmax_t kSpaceAtLeast = 64u << 20;

/// Makes the two threads of a run speak one at a time.
class OneAtATime final : public NightListener {
 public:
  explicit OneAtATime(NightListener& listener) : listener_(listener) {}
  void leftAlone(const std::string& folder, const std::string& why) override {
    const std::lock_guard guard(mutex_);
    listener_.leftAlone(folder, why);
  }
  void takenIn(const std::string& batch, int dossiers, int pages) override {
    const std::lock_guard guard(mutex_);
    listener_.takenIn(batch, dossiers, pages);
  }
  void willRead(int pages) override {
    const std::lock_guard guard(mutex_);
    listener_.willRead(pages);
  }
  void pageRead(const std::string& dossier) override {
    const std::lock_guard guard(mutex_);
    listener_.pageRead(dossier);
  }
  void decided(const Outcome& outcome) override {
    const std::lock_guard guard(mutex_);
    listener_.decided(outcome);
    if (outcome.kind == Outcome::Kind::waiting) ++waiting_;
  }
  void warning(const char* english, const std::string& value) override {
    const std::lock_guard guard(mutex_);
    listener_.warning(english, value);
  }
  int waiting() const { return waiting_; }

 private:
  NightListener& listener_;
  std::mutex mutex_;
  int waiting_ = 0;
};

WorkerSetup setupFor(const Site& site, const fs::path& program, bool reads) {
  const Config& config = site.config();
  return {program, config.tessdata, config.model, config.workerMemoryMegabytes, reads};
}

int workerCount(const NightOptions& options) {
  if (options.workers > 0) return options.workers;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void requireSpace(const Site& site, const std::vector<Batch>& batches) {
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

/// Everything a run stands on, opened and tried before anything is touched.
struct Foundations {
  Foundations(const Site& site, const NightOptions& options)
      : lock(site),
        clock(site.clock()),
        key(loadKey(site)),
        repository(Repository::open(site.repository())),
        catalogue(openSqliteCatalogue(site.catalogue())),
        ledger(site.ledger()),
        services(site) {
    keyState = checkKey(key, services.get(), clock->now());
    trySigning(site, key, clock->now());
    if (catalogue->registerSize() == 0) throw BatchError(Cause::registerEmpty);
    finishMoves(site);
    pool = std::make_unique<WorkerPool>(setupFor(site, options.program, true), workerCount(options));
    assistant = std::make_unique<WorkerProcess>(setupFor(site, options.program, false));
  }
  SiteLock lock;
  std::unique_ptr<Clock> clock;
  SigningKey key;
  Repository repository;
  std::unique_ptr<Catalogue> catalogue;
  Ledger ledger;
  SiteServices services;
  KeyState keyState;
  std::unique_ptr<WorkerPool> pool;
  std::unique_ptr<WorkerProcess> assistant;
};

/// One run: the steps of runNight in order, sharing what they stand on.
class Night {
 public:
  Night(const Site& site, const NightOptions& options, NightListener& listener,
        const std::atomic<bool>& stop)
      : site_(site), options_(options), listener_(listener), stop_(stop), base_(site, options) {}

  NightSummary run() {
    const auto start = std::chrono::steady_clock::now();
    warnOfKey();
    takeInBatches();
    for (HeldDossier& held : listHeld(site_)) {
      const bool wanted = !options_.dossier || held.code == *options_.dossier;
      if (held.decision && wanted && !options_.batch) accepted_.push_back(std::move(held));
    }
    requireSpace(site_, batches_);
    process();
    closeBatches();
    summary_.waiting = listener_.waiting();
    summary_.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return summary_;
  }

 private:
  void warnOfKey();
  void takeInBatches();
  std::set<std::string> knownEntries() const;
  void process();
  void sortOut(Docket docket, FilingDesk& desk, FilingThread& filing, std::vector<Docket>& toRead);
  void judge(Docket docket, FilingThread& filing) const;
  bool inHand(const Batch& batch, const IntakeItem& item) const;
  void closeBatches();
  bool mayBegin() const;

  const Site& site_;
  const NightOptions& options_;
  OneAtATime listener_;
  const std::atomic<bool>& stop_;
  std::atomic<bool> halt_{false};  ///< stop_, or the filing thread has failed
  Foundations base_;
  std::vector<Batch> batches_;
  std::vector<HeldDossier> accepted_;
  NightSummary summary_;
};

void Night::warnOfKey() {
  const KeyState& state = base_.keyState;
  if (state.daysLeft <= kWarnDaysBefore) {
    listener_.warning(textId("the signing certificate expires in {} days"),
                      std::to_string(state.daysLeft));
  }
  if (!state.revocationKnown && site_.config().signatureLevel >= SignatureLevel::bLT) {
    listener_.warning(textId("nobody said whether the signing certificate is revoked: {}"),
                      state.unknownBecause);
  }
}

void Night::takeInBatches() {
  const InspectAll inspectAll = [&](const std::vector<fs::path>& files) {
    return inspectInParallel(files, *base_.pool, halt_);
  };
  bool found = false;
  for (const IntakeFolder& folder : listIntake(site_)) {
    if (options_.dossier || (options_.batch && folder.name != *options_.batch)) continue;
    found = true;
    if (!folder.closed) {
      ++summary_.leftAlone;
      listener_.leftAlone(printable(folder.name), folder.problem);
      continue;
    }
    batches_.push_back(takeIn(site_, folder.name, *base_.catalogue, *base_.clock, inspectAll));
    const Batch& batch = batches_.back();
    int pages = 0;
    for (const IntakeItem& item : batch.items) pages += item.pageCount();
    listener_.takenIn(batch.id, static_cast<int>(batch.items.size()), pages);
  }
  if (options_.batch && !found) {
    ++summary_.leftAlone;
    listener_.leftAlone(*options_.batch, "there is no such batch in intake");
  }
}

/// Ledger entries that an earlier, killed run may have made for what is in hand now.
std::set<std::string> Night::knownEntries() const {
  std::set<std::string> batches;
  for (const Batch& batch : batches_) {
    if (batch.resumed) batches.insert(batch.id);
  }
  for (const HeldDossier& held : accepted_) batches.insert(held.batch);
  std::set<std::string> known;
  if (batches.empty()) return known;
  base_.ledger.forEach([&](const LedgerEntry& entry) {
    const auto batch = entry.details.find("batch");
    if (batch != entry.details.end() && batches.contains(batch->second)) {
      known.insert(FilingDesk::ledgerKey(entry));
    }
  });
  return known;
}

bool Night::mayBegin() const {
  if (stop_ || halt_) return false;
  return !options_.until || base_.clock->now() < *options_.until;
}

/// What needs no reading goes to the filing thread at once, the rest to `toRead`.
void Night::sortOut(Docket docket, FilingDesk& desk, FilingThread& filing,
                    std::vector<Docket>& toRead) {
  const std::set<std::string> accepted =
      docket.decision ? std::set<std::string>(docket.decision->causes.begin(), docket.decision->causes.end())
                      : std::set<std::string>();
  std::vector<ItemError> problems;
  if (docket.item.problem) {  // not for a person to accept: some of its files could not be taken in
    problems = {*docket.item.problem};
    return filing.put(std::move(docket), std::move(problems));
  }
  const auto presence = desk.presence(docket.item);
  if (presence == FilingDesk::Presence::same) return filing.put(std::move(docket));
  if (presence == FilingDesk::Presence::different) {
    problems.push_back({Stage::intake, Cause::dossierFiledDifferently, docket.item.code, ""});
  }
  for (ItemError& problem : judgeIntake(docket.item, site_.config())) problems.push_back(std::move(problem));
  std::erase_if(problems, [&](const ItemError& problem) {
    return accepted.contains(std::string(codeOf(problem.cause)));
  });
  if (!problems.empty()) return filing.put(std::move(docket), std::move(problems));
  layOut(docket, base_.pool->engine());
  if (docket.pages.empty()) return filing.put(std::move(docket));
  toRead.push_back(std::move(docket));
}

/// The gate, once every page of a dossier has been read.
void Night::judge(Docket docket, FilingThread& filing) const {
  std::vector<ItemError> problems;
  for (std::size_t i = 0; i < docket.pages.size(); ++i) {
    const PageAttempt& page = docket.pages[i];
    const auto problem = judgePage(page, site_.config());
    if (!problem) continue;
    const bool accepted =
        docket.decision && std::find(docket.decision->causes.begin(), docket.decision->causes.end(),
                                     codeOf(problem->cause)) != docket.decision->causes.end();
    if (!accepted) {
      problems.push_back(*problem);
    } else if (!page.reading) {
      keepUnread(docket, i);
    }
  }
  filing.put(std::move(docket), std::move(problems));
}

/// Whether the dossier still waits for a decision: once it is made, the scans leave intake.
bool Night::inHand(const Batch& batch, const IntakeItem& item) const {
  if (fs::exists(fs::symlink_status(site_.intake() / batch.folder / item.folder))) return true;
  const bool neverThere = item.files.empty() && item.problem && item.problem->cause == Cause::manifestMissing;
  if (!neverThere) return false;
  const auto outcomes = base_.catalogue->outcomes(batch.id);
  return std::none_of(outcomes.begin(), outcomes.end(), [&](const Outcome& outcome) {
    return outcome.folder == printable(item.folder);
  });
}

void Night::process() {
  FilingDesk desk({site_, *base_.clock, base_.key, base_.repository, *base_.catalogue, base_.ledger,
                   *base_.assistant, base_.pool->engine(), base_.services.get()},
                  knownEntries());
  for (const Batch& batch : batches_) {
    desk.log("batch.received", batch.id,
             {{"batch", batch.id}, {"dossiers", std::to_string(batch.items.size())},
              {"record", sha512(toJson(batch)).hex()}});
  }
  FilingThread filing(desk, listener_, halt_);
  std::vector<Docket> toRead;
  for (const Batch& batch : batches_) {
    for (const IntakeItem& item : batch.items) {
      Docket docket;
      docket.batch = batch.id;
      docket.receivedAt = batch.receivedAt;
      docket.item = item;
      docket.scans = site_.intake() / batch.folder / item.folder;
      docket.work = workFolder(site_, batch.id, item.folder);
      if (!inHand(batch, item)) continue;
      sortOut(std::move(docket), desk, filing, toRead);
    }
  }
  for (HeldDossier& held : accepted_) {
    Docket docket;
    docket.batch = held.batch;
    docket.receivedAt = held.receivedAt;
    docket.item = std::move(held.item);
    docket.scans = reviewFolder(site_, held.code) / "scans";
    docket.work = reviewFolder(site_, held.code);
    docket.decision = std::move(held.decision);
    sortOut(std::move(docket), desk, filing, toRead);
  }
  summary_.fromReview = static_cast<int>(accepted_.size());
  listener_.willRead(pagesToRead(toRead));
  const ReadingRoomLimits limits{std::chrono::seconds(site_.config().pageTimeoutSeconds),
                                 site_.config().pageAttempts};
  readAll(
      toRead, *base_.pool, limits, halt_, [&] { return mayBegin(); },
      [&](const Docket& docket) {
        ++summary_.pages;
        listener_.pageRead(docket.item.code);
      },
      [&](Docket docket) { judge(std::move(docket), filing); });
  filing.finish();
}

void Night::closeBatches() {
  for (const Batch& batch : batches_) {
    const auto outcomes = base_.catalogue->outcomes(batch.id);
    int left = 0;
    for (const IntakeItem& item : batch.items) {
      left += fs::exists(fs::symlink_status(site_.intake() / batch.folder / item.folder)) ? 1 : 0;
    }
    ++summary_.batches;
    summary_.received += static_cast<int>(batch.items.size());
    summary_.remaining += static_cast<int>(batch.items.size() - outcomes.size());
    for (const Outcome& outcome : outcomes) {
      summary_.filed += outcome.kind == Outcome::Kind::filed ? 1 : 0;
      summary_.held += outcome.kind == Outcome::Kind::held ? 1 : 0;
      summary_.quarantined += outcome.kind == Outcome::Kind::quarantined ? 1 : 0;
    }
    if (left == 0) closeBatch(site_, batch);
  }
}

}  // namespace

NightSummary runNight(const Site& site, const NightOptions& options, NightListener& listener,
                      const std::atomic<bool>& stop) {
  requireSpace(site, {});
  return Night(site, options, listener, stop).run();
}

}  // namespace sohoa
