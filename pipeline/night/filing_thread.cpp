#include "pipeline/night/filing_thread.h"

namespace sohoa {
namespace {
/// This many dossiers in a row failing with the same cause after recognition are not the dossiers'
/// fault.
constexpr int kSameFaults = 5;
/// Dossiers waiting for a server are kept in memory, with their readings, up to this many pages in
/// total; the rest wait for the next run.
constexpr std::size_t kMaxDeferredPages = 300;
}  // namespace

FilingThread::FilingThread(DossierFiler& filer, NightListener& listener, std::atomic<bool>& failed,
                           std::function<void(const DossierTask&)> concluded)
    : filer_(filer),
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

void FilingThread::put(DossierTask task, std::vector<ItemError> problems) {
  {
    const std::lock_guard guard(mutex_);
    queue_.push_back({std::move(task), std::move(problems), std::nullopt});
  }
  changed_.notify_all();
}

void FilingThread::finish() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return fault_ || (queue_.empty() && !busy_); });
    if (fault_) std::rethrow_exception(fault_);
    if (deferred_.empty()) return;
    // One deferred dossier shows whether the servers are back; then the others follow, or all wait.
    queue_.push_back(std::move(deferred_.front()));
    deferred_.pop_front();
    changed_.notify_all();
  }
}

void FilingThread::notify(const DossierTask& task, const Outcome& outcome) {
  if (concluded_) concluded_(task);
  listener_.decided(outcome);
}

void FilingThread::tryDeferredAgain() {
  const std::lock_guard guard(mutex_);
  for (; !deferred_.empty(); deferred_.pop_back()) queue_.push_front(std::move(deferred_.back()));
  deferredPages_ = 0;
}

void FilingThread::parkDeferred() {
  std::deque<Filing> waiting;
  {
    const std::lock_guard guard(mutex_);
    waiting.swap(deferred_);
    deferredPages_ = 0;
  }
  for (const Filing& filing : waiting)
    notify(filing.task, filer_.park(filing.task, *filing.waited));
}

std::optional<Outcome> FilingThread::defer(Filing& filing, const ItemError& why) {
  if (filing.waited) {
    const Outcome outcome = filer_.park(filing.task, why);
    parkDeferred();
    return outcome;
  }
  const std::lock_guard guard(mutex_);
  const std::size_t pages = filing.task.pages.size();
  if (deferredPages_ + pages > kMaxDeferredPages) return filer_.park(filing.task, why);
  deferredPages_ += pages;
  filing.waited = why;
  deferred_.push_back(std::move(filing));
  return std::nullopt;
}

void FilingThread::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return closing_ || !queue_.empty(); });
    if (closing_) return;
    Filing filing = std::move(queue_.front());
    queue_.pop_front();
    busy_ = true;
    lock.unlock();
    try {
      if (const auto outcome = conclude(filing)) notify(filing.task, *outcome);
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

std::optional<Outcome> FilingThread::conclude(Filing& filing) {
  const FilingPlan plan = filer_.plan(filing.task);
  if (!filing.problems.empty()) return filer_.putAside(filing.task, plan, filing.problems);
  if (!plan.doubts.empty()) return filer_.putAside(filing.task, plan, plan.doubts);
  const auto filed = filer_.file(filing.task, plan);
  if (filed) {
    sameInARow_ = 0;
    filer_.clear(filing.task);
    tryDeferredAgain();
    return *filed;
  }
  const ItemError& error = filed.error();
  if (dispositionOf(error.cause) == Disposition::stop) throw BatchError(error.cause, error.detail);
  if (dispositionOf(error.cause) == Disposition::wait) return defer(filing, error);
  sameInARow_ = error.cause == lastCause_ ? sameInARow_ + 1 : 1;
  lastCause_ = error.cause;
  const bool ours = error.stage == Stage::packaging || error.stage == Stage::signing;
  if (ours && sameInARow_ >= kSameFaults) {
    throw BatchError(Cause::sameFault, std::string(codeOf(error.cause)) + ": " + error.detail);
  }
  return filer_.putAside(filing.task, plan, {error});
}

}  // namespace sohoa
