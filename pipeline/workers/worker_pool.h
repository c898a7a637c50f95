#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/workers/worker_process.h"

namespace sohoa {

/// One job for whichever worker is free.
struct PoolTask {
  std::string request;  ///< encode(job)
  std::chrono::seconds limit{120};
  int attempts = 1;  ///< a worker that crashes or hangs costs one
  /// Called in the thread of WorkerPool::run with the reply, or with pageCrashed / pageTimeout.
  std::function<void(Result<std::string>)> done;
};

/// N single-threaded worker processes, fed one task at a time each. Used from one thread.
class WorkerPool {
 public:
  /// Starts `count` workers. Throws BatchError(modelMissing | workerUnfit).
  WorkerPool(const WorkerSetup& setup, int count);
  ~WorkerPool();

  const EngineInfo& engine() const;

  /// Takes tasks from `next` until it returns nothing and all replies are in. When `stop` becomes
  /// true no further task is taken; those under way are finished. Throws BatchError(sameFault) when
  /// worker after worker crashes, since then it is not the pages' fault.
  void run(const std::function<std::optional<PoolTask>()>& next, const std::atomic<bool>& stop);

 private:
  struct Seat;
  void give(Seat& seat, PoolTask task);
  void takeReply(Seat& seat);
  void lose(Seat& seat, Cause cause);
  int waitLimit() const;

  WorkerSetup setup_;
  std::vector<Seat> seats_;
  int faultsInARow_ = 0;
};

}  // namespace sohoa
