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

/// One job, given to the first free worker.
struct PoolTask {
  std::string request;  ///< encode(job)
  std::chrono::seconds limit{120};
  int attempts = 1;  ///< each crash or timeout of a worker costs one
  /// Called in the thread of WorkerPool::run with the reply, or with pageCrashed or pageTimeout.
  std::function<void(Result<std::string>)> done;
};

/// N single-threaded worker processes, each given one task at a time. To be used from one thread.
class WorkerPool {
 public:
  /// Starts `count` workers. Throws BatchError(modelMissing | workerUnfit).
  WorkerPool(const WorkerSetup& setup, int count);
  ~WorkerPool();

  const EngineInfo& engine() const;

  /// Takes tasks from `next` until it returns nothing and all replies have arrived. Once `stop` is
  /// true no further task is taken; those in progress are finished. Throws BatchError(sameFault)
  /// when many workers crash in a row, since the pages are then not the cause.
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
