#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "storage/catalogue/catalogue_store.h"

namespace sohoa {

/// One run's part in the work that several hosts share through the catalogue: jobs are claimed for
/// the length of a lease, which a thread of this object renews. Whoever holds no valid lease must
/// not change anything any more: he may have been given up for dead, and another does his work.
/// Thread-safe. Throws BatchError(catalogueUnusable).
class SharedWork {
 public:
  using Job = JobQueue::Job;
  struct Timing {
    std::chrono::milliseconds lease{60'000};
    std::chrono::milliseconds renewal{10'000};
    /// So long before the lease ends it counts as lost: what was begun must be over by then.
    std::chrono::milliseconds margin{20'000};
  };
  /// `holder`: unlike that of any other run on any host.
  SharedWork(const CatalogueStore& store, std::string holder, Timing timing);
  SharedWork(const CatalogueStore& store, std::string holder)
      : SharedWork(store, std::move(holder), Timing()) {}
  /// Gives back what is not finished.
  ~SharedWork();
  SharedWork(const SharedWork&) = delete;
  SharedWork& operator=(const SharedWork&) = delete;

  /// Adds a job unless it exists, and claims it; false when another holder has it.
  bool claimAlone(const Job& job);
  void offer(const std::vector<Job>& jobs);
  /// Free jobs of a kind, none of whose group another host works on.
  std::vector<Job> claim(const std::string& kind, int count);
  void finish(const Job& job);
  void giveBack(const Job& job);
  std::int64_t size(const std::string& kind);

  /// False for good once the leases may have run out.
  bool alive() const;
  /// Throws BatchError(leaseLost) when not alive.
  void requireAlive() const;

  /// Host and process.
  static std::string newHolder();

 private:
  using Steady = std::chrono::steady_clock;
  void renewForEver();
  void renewed(Steady::time_point asked);

  const std::string holder_;
  const Timing timing_;
  const CatalogueStore store_;
  std::mutex mutex_;  // of the connection
  std::unique_ptr<Catalogue> catalogue_;
  std::atomic<Steady::rep> goodUntil_{0};
  std::atomic<bool> lost_{false};
  std::mutex endMutex_;
  std::condition_variable ending_;
  bool end_ = false;
  std::thread renewal_;
};

}  // namespace sohoa
