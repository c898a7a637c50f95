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

/// Runs the filing filer in a thread of its own, so that packaging, signing and the disk's syncs
/// overlap with recognition. A dossier for which a server outside did not answer is tried once more
/// in the same night: as soon as another one was filed, or when all else is done.
class FilingThread {
 public:
  /// `failed` becomes true when the filer meets a BatchError: no more pages should be begun.
  /// `concluded` is called, in the thread, after a dossier's last move.
  FilingThread(DossierFiler& filer, NightListener& listener, std::atomic<bool>& failed,
               std::function<void(const DossierTask&)> concluded = {});
  /// Ends after the dossier under way; what is queued stays where it is.
  ~FilingThread();

  /// A dossier that needs no more reading: with problems it is put aside, else it is filed.
  void put(DossierTask task, std::vector<ItemError> problems = {});
  /// Waits until all is done. Throws what stopped the filer.
  void finish();

 private:
  struct Filing {
    DossierTask task;
    std::vector<ItemError> problems;
    /// Why it had to wait before; it waits for another run when that comes again.
    std::optional<ItemError> waited;
  };
  void work();
  /// Nothing when it is tried again later in this night.
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
