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

/// One run's share of the work that several hosts divide through the catalogue. Jobs are claimed
/// for the length of a lease, which a thread of this object renews. A host without a valid lease
/// must not change anything: the others may consider it dead and redo its work. Thread-safe. Throws
/// BatchError(catalogueUnusable).
class SharedWork {
 public:
  using Job = JobQueue::Job;
  struct Timing {
    std::chrono::milliseconds lease{60'000};
    std::chrono::milliseconds renewal{10'000};
    /// The lease counts as lost this long before it ends, so that a step already begun can finish.
    std::chrono::milliseconds margin{20'000};
  };
  /// `holder` must be unique among all runs on all hosts.
  SharedWork(const CatalogueStore& store, std::string holder, Timing timing);
  SharedWork(const CatalogueStore& store, std::string holder)
      : SharedWork(store, std::move(holder), Timing()) {}
  /// Gives back the jobs that are not finished.
  ~SharedWork();
  SharedWork(const SharedWork&) = delete;
  SharedWork& operator=(const SharedWork&) = delete;

  /// Adds a job unless it exists, and claims it; false when another holder has it.
  bool claimAlone(const Job& job);
  void offer(const std::vector<Job>& jobs);
  /// Claims free jobs of a kind, except those whose group another host is working on.
  std::vector<Job> claim(const std::string& kind, int count);
  void finish(const Job& job);
  void giveBack(const Job& job);
  std::int64_t size(const std::string& kind);

  /// False, for good, once the leases may have expired.
  bool alive() const;
  /// Throws BatchError(leaseLost) when not alive.
  void requireAlive() const;

  /// A unique holder name: host, process and a random number.
  static std::string newHolder();

 private:
  using Steady = std::chrono::steady_clock;
  void renewForEver();
  void renewed(Steady::time_point asked);

  const std::string holder_;
  const Timing timing_;
  const CatalogueStore store_;
  std::mutex mutex_;  // guards the connection
  std::unique_ptr<Catalogue> catalogue_;
  std::atomic<Steady::rep> goodUntil_{0};
  std::atomic<bool> lost_{false};
  std::mutex endMutex_;
  std::condition_variable ending_;
  bool end_ = false;
  std::thread renewal_;
};

}  // namespace sohoa
