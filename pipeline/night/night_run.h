#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/intake/intake.h"
#include "pipeline/night/filing_thread.h"
#include "pipeline/night/night.h"
#include "pipeline/night/run_environment.h"

namespace sohoa {

/// Throws BatchError(diskFull) when the disk may not hold the files made from these batches.
void requireSpace(const Site& site, const std::list<Batch>& batches);

/// Serialises the calls from the two threads of a run.
class SerialListener final : public NightListener {
 public:
  explicit SerialListener(NightListener& listener) : listener_(listener) {}
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

/// One run: the steps of runNight in order, on shared state.
class NightRun {
 public:
  NightRun(const Site& site, const NightOptions& options, NightListener& listener,
           const std::atomic<bool>& stop)
      : site_(site),
        options_(options),
        listener_(listener),
        stop_(stop),
        environment_(site, options),
        filer_(
            {site_, *environment_.clock, environment_.key, environment_.repository,
             *environment_.catalogue, environment_.ledger, *environment_.assistant,
             environment_.pool->engine(), environment_.services.get(), environment_.shared.get()},
            {}) {}

  NightSummary run();

 private:
  void warnOfKey();
  void workAlone();
  void takeInBatches();
  void closeBatches();

  void workWithOthers();
  bool takeInWithOthers();
  void offerAccepted();
  std::vector<DossierTask> claimTasks();
  std::optional<DossierTask> taskOf(const SharedWork::Job& job);
  void closeWithOthers();

  bool wanted(const IntakeFolder& folder);
  std::vector<HeldDossier> accepted() const;
  const Batch& takeInOne(const std::string& folder);
  void logReceived(const Batch& batch);
  DossierTask taskOf(const Batch& batch, const IntakeItem& item) const;
  DossierTask taskOf(HeldDossier held) const;
  void addKnownEntries(const std::set<std::string>& batches);
  bool inHand(const Batch& batch, const IntakeItem& item) const;
  void work(std::vector<DossierTask> tasks, FilingThread& filing);
  void sortOut(DossierTask task, FilingThread& filing, std::vector<DossierTask>& toRead);
  void judge(DossierTask task, FilingThread& filing) const;
  void count(const Batch& batch);
  bool allMoved(const Batch& batch) const;
  bool mayBegin() const;

  const Site& site_;
  const NightOptions& options_;
  SerialListener listener_;
  const std::atomic<bool>& stop_;
  std::atomic<bool> halt_{false};  ///< the filing thread has failed
  RunEnvironment environment_;
  DossierFiler filer_;
  std::set<std::string> seen_;  ///< folders of intake/ that this run does not take in
  std::list<Batch> batches_;    ///< a list, so that tasks may refer to its items
  int pagesToRead_ = 0;
  NightSummary summary_;
};

}  // namespace sohoa
