#include "pipeline/workers/worker_pool.h"

#include <poll.h>

#include <algorithm>

namespace sohoa {

using SteadyClock = std::chrono::steady_clock;

namespace {
constexpr int kFaultsThatAreNotThePages = 20;
}

struct WorkerPool::Seat {
  std::unique_ptr<WorkerProcess> worker;
  std::optional<PoolTask> task;
  SteadyClock::time_point deadline;
};

WorkerPool::WorkerPool(const WorkerSetup& setup, int count) : setup_(setup) {
  for (int i = 0; i < count; ++i)
    seats_.push_back({std::make_unique<WorkerProcess>(setup), {}, {}});
}

WorkerPool::~WorkerPool() = default;

const EngineInfo& WorkerPool::engine() const { return seats_.front().worker->engine(); }

void WorkerPool::give(Seat& seat, PoolTask task) {
  seat.worker->send(task.request);
  seat.deadline = SteadyClock::now() + task.limit;
  seat.task = std::move(task);
}

void WorkerPool::lose(Seat& seat, Cause cause) {
  PoolTask task = std::move(*seat.task);
  seat.task.reset();
  if (++faultsInARow_ >= kFaultsThatAreNotThePages) {
    throw BatchError(Cause::sameFault, std::string(codeOf(cause)));
  }
  seat.worker = std::make_unique<WorkerProcess>(setup_);
  if (--task.attempts > 0) {
    give(seat, std::move(task));
  } else {
    task.done(ItemError{Stage::recognition, cause, "", ""});
  }
}

void WorkerPool::takeReply(Seat& seat) {
  std::string reply;
  switch (seat.worker->receive(reply)) {
    case WorkerProcess::State::waiting:
      return;
    case WorkerProcess::State::gone:
      lose(seat, Cause::pageCrashed);
      return;
    case WorkerProcess::State::replied: {
      faultsInARow_ = 0;
      const PoolTask task = std::move(*seat.task);
      seat.task.reset();
      task.done(std::move(reply));
      return;
    }
  }
}

int WorkerPool::waitLimit() const {
  auto first = SteadyClock::now() + std::chrono::seconds(1);  // wake up regularly to notice `stop`
  for (const Seat& seat : seats_) {
    if (seat.task) first = std::min(first, seat.deadline);
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - SteadyClock::now());
  return static_cast<int>(std::max<std::chrono::milliseconds::rep>(0, left.count()));
}

void WorkerPool::run(const std::function<std::optional<PoolTask>()>& next,
                     const std::atomic<bool>& stop) {
  bool more = true;
  for (;;) {
    for (Seat& seat : seats_) {
      if (seat.task || !more || stop) continue;
      if (auto task = next()) {
        give(seat, std::move(*task));
      } else {
        more = false;
      }
    }
    std::vector<pollfd> waits;
    std::vector<Seat*> busy;
    for (Seat& seat : seats_) {
      if (!seat.task) continue;
      waits.push_back({seat.worker->fd(), POLLIN, 0});
      busy.push_back(&seat);
    }
    if (busy.empty()) return;
    ::poll(waits.data(), waits.size(), waitLimit());
    for (std::size_t i = 0; i < busy.size(); ++i) {
      if (waits[i].revents != 0) {
        takeReply(*busy[i]);
      } else if (busy[i]->deadline <= SteadyClock::now()) {
        lose(*busy[i], Cause::pageTimeout);
      }
    }
  }
}

}  // namespace sohoa
