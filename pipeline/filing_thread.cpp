#include "pipeline/filing_thread.h"

namespace sohoa {
namespace {
/// So many dossiers in a row that fail alike after recognition: it is not the dossiers' fault.
constexpr int kSameFaults = 5;
}  // namespace

FilingThread::FilingThread(FilingDesk& desk, NightListener& listener, std::atomic<bool>& failed,
                           std::function<void(const Docket&)> concluded)
    : desk_(desk),
      listener_(listener),
      failed_(failed),
      concluded_(std::move(concluded)),
      thread_([this] { work(); }) {}

FilingThread::~FilingThread() {
  {
    const std::lock_guard guard(mutex_);
    closing_ = true;
    queue_.clear();
  }
  changed_.notify_all();
  thread_.join();
}

void FilingThread::put(Docket docket, std::vector<ItemError> problems) {
  {
    const std::lock_guard guard(mutex_);
    queue_.push_back({std::move(docket), std::move(problems)});
  }
  changed_.notify_all();
}

void FilingThread::finish() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return fault_ || (queue_.empty() && !busy_); });
  if (fault_) std::rethrow_exception(fault_);
}

void FilingThread::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return closing_ || !queue_.empty(); });
    if (closing_) return;
    const Task task = std::move(queue_.front());
    queue_.pop_front();
    busy_ = true;
    lock.unlock();
    try {
      const Outcome outcome = conclude(task);
      if (concluded_) concluded_(task.docket);
      listener_.decided(outcome);
    } catch (...) {
      failed_ = true;
      lock.lock();
      fault_ = std::current_exception();
      changed_.notify_all();
      return;
    }
    lock.lock();
    busy_ = false;
    changed_.notify_all();
  }
}

Outcome FilingThread::conclude(const Task& task) {
  if (!task.problems.empty()) return desk_.putAside(task.docket, task.problems);
  if (const auto doubts = desk_.doubts(task.docket); !doubts.empty()) {
    return desk_.putAside(task.docket, doubts);
  }
  const auto filed = desk_.file(task.docket);
  if (filed) {
    sameInARow_ = 0;
    desk_.clear(task.docket);
    return *filed;
  }
  const ItemError& error = filed.error();
  if (dispositionOf(error.cause) == Disposition::stop) throw BatchError(error.cause, error.detail);
  if (dispositionOf(error.cause) == Disposition::wait) return desk_.park(task.docket, error);
  sameInARow_ = error.cause == lastCause_ ? sameInARow_ + 1 : 1;
  lastCause_ = error.cause;
  const bool ours = error.stage == Stage::packaging || error.stage == Stage::signing;
  if (ours && sameInARow_ >= kSameFaults) {
    throw BatchError(Cause::sameFault, std::string(codeOf(error.cause)) + ": " + error.detail);
  }
  return desk_.putAside(task.docket, {error});
}

}  // namespace sohoa
