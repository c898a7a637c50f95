#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "pipeline/filing/dossier_filer.h"
#include "pipeline/night/night.h"

namespace sohoa {

/// Runs the DossierFiler in its own thread, so that packaging, signing and syncs to disk overlap
/// with recognition. A dossier for which an external server did not answer is retried once in the
/// same night: as soon as another dossier was filed, or when everything else is done.
class FilingThread {
 public:
  /// `failed` is set to true when the filer throws a BatchError: no more pages should be begun.
  /// `concluded` is called, in the thread, after a dossier's last move.
  FilingThread(DossierFiler& filer, NightListener& listener, std::atomic<bool>& failed,
               std::function<void(const DossierTask&)> concluded = {});
  /// Ends after the current dossier; queued dossiers stay in place.
  ~FilingThread();

  /// Queues a dossier whose pages are read: it is set aside if there are problems, else filed.
  void put(DossierTask task, std::vector<ItemError> problems = {});
  /// Waits until all dossiers are processed. Rethrows the error that stopped the filer.
  void finish();

 private:
  struct Filing {
    DossierTask task;
    std::vector<ItemError> problems;
    /// Why it was deferred before. If the server fails again, it waits for the next run.
    std::optional<ItemError> waited;
  };
  void work();
  /// Returns nothing when the dossier will be retried later in this night.
  std::optional<Outcome> conclude(Filing& filing);
  std::optional<Outcome> defer(Filing& filing, const ItemError& why);
  void notify(const DossierTask& task, const Outcome& outcome);
  void tryDeferredAgain();
  void parkDeferred();

  DossierFiler& filer_;
  NightListener& listener_;
  std::atomic<bool>& failed_;
  std::function<void(const DossierTask&)> concluded_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Filing> queue_, deferred_;
  std::size_t deferredPages_ = 0;
  bool busy_ = false, closing_ = false;
  std::exception_ptr fault_;
  Cause lastCause_{};
  int sameInARow_ = 0;
  std::thread thread_;
};

}  // namespace sohoa
