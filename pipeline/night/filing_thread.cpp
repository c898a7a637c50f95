#include "pipeline/night/filing_thread.h"

namespace sohoa {
namespace {
/// So many dossiers in a row that fail alike after recognition: it is not the dossiers' fault.
constexpr int kSameFaults = 5;
/// Dossiers that wait for a server are kept, with what was read of them, up to so many pages; what
/// is more waits for the next run.
constexpr std::size_t kMaxDeferredPages = 300;
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
    queue_.push_back({std::move(docket), std::move(problems), std::nullopt});
  }
  changed_.notify_all();
}

void FilingThread::finish() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return fault_ || (queue_.empty() && !busy_); });
    if (fault_) std::rethrow_exception(fault_);
    if (deferred_.empty()) return;
    // One of them tells whether the servers are back; then the others follow, or all wait.
    queue_.push_back(std::move(deferred_.front()));
    deferred_.pop_front();
    changed_.notify_all();
  }
}

void FilingThread::tell(const Docket& docket, const Outcome& outcome) {
  if (concluded_) concluded_(docket);
  listener_.decided(outcome);
}

void FilingThread::tryDeferredAgain() {
  const std::lock_guard guard(mutex_);
  for (; !deferred_.empty(); deferred_.pop_back()) queue_.push_front(std::move(deferred_.back()));
  deferredPages_ = 0;
}

void FilingThread::parkDeferred() {
  std::deque<Task> waiting;
  {
    const std::lock_guard guard(mutex_);
    waiting.swap(deferred_);
    deferredPages_ = 0;
  }
  for (const Task& task : waiting) tell(task.docket, desk_.park(task.docket, *task.waited));
}

std::optional<Outcome> FilingThread::defer(Task& task, const ItemError& why) {
  if (task.waited) {
    const Outcome outcome = desk_.park(task.docket, why);
    parkDeferred();
    return outcome;
  }
  const std::lock_guard guard(mutex_);
  const std::size_t pages = task.docket.pages.size();
  if (deferredPages_ + pages > kMaxDeferredPages) return desk_.park(task.docket, why);
  deferredPages_ += pages;
  task.waited = why;
  deferred_.push_back(std::move(task));
  return std::nullopt;
}

void FilingThread::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return closing_ || !queue_.empty(); });
    if (closing_) return;
    Task task = std::move(queue_.front());
    queue_.pop_front();
    busy_ = true;
    lock.unlock();
    try {
      if (const auto outcome = conclude(task)) tell(task.docket, *outcome);
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

std::optional<Outcome> FilingThread::conclude(Task& task) {
  if (!task.problems.empty()) return desk_.putAside(task.docket, task.problems);
  if (const auto doubts = desk_.doubts(task.docket); !doubts.empty()) {
    return desk_.putAside(task.docket, doubts);
  }
  const auto filed = desk_.file(task.docket);
  if (filed) {
    sameInARow_ = 0;
    desk_.clear(task.docket);
    tryDeferredAgain();
    return *filed;
  }
  const ItemError& error = filed.error();
  if (dispositionOf(error.cause) == Disposition::stop) throw BatchError(error.cause, error.detail);
  if (dispositionOf(error.cause) == Disposition::wait) return defer(task, error);
  sameInARow_ = error.cause == lastCause_ ? sameInARow_ + 1 : 1;
  lastCause_ = error.cause;
  const bool ours = error.stage == Stage::packaging || error.stage == Stage::signing;
  if (ours && sameInARow_ >= kSameFaults) {
    throw BatchError(Cause::sameFault, std::string(codeOf(error.cause)) + ": " + error.detail);
  }
  return desk_.putAside(task.docket, {error});
}

}  // namespace sohoa
