#include "pipeline/site/shared_work.h"

#include <fmt/core.h>
#include <unistd.h>

#include <array>
#include <random>

#include "core/result.h"

namespace sohoa {

SharedWork::SharedWork(const CatalogueStore& store, std::string holder, Timing timing)
    : holder_(std::move(holder)), timing_(timing), store_(store), catalogue_(store_.open()) {
  renewed(Steady::now());
  renewal_ = std::thread([this] { renewForEver(); });
}

SharedWork::~SharedWork() {
  {
    const std::lock_guard guard(endMutex_);
    end_ = true;
  }
  ending_.notify_all();
  renewal_.join();
  // If the database was restarted, the old connection is dead: try again with a new one.
  for (const bool anew : {false, true}) {
    try {
      if (anew) catalogue_ = store_.open();
      catalogue_->jobs().giveBackAll(holder_);
      return;
    } catch (...) {  // unreachable: the leases expire by themselves
    }
  }
}

bool SharedWork::claimAlone(const Job& job) {
  const std::lock_guard guard(mutex_);
  catalogue_->jobs().offer({job}, 0);
  return catalogue_->jobs().claimOne(holder_, job, timing_.lease);
}

void SharedWork::offer(const std::vector<Job>& jobs) {
  const std::lock_guard guard(mutex_);
  catalogue_->jobs().offer(jobs, std::chrono::duration_cast<std::chrono::seconds>(
                                     std::chrono::system_clock::now().time_since_epoch())
                                     .count());
}

std::vector<SharedWork::Job> SharedWork::claim(const std::string& kind, int count) {
  const std::lock_guard guard(mutex_);
  std::vector<Job> jobs = catalogue_->jobs().claim(holder_, kind, count, timing_.lease);
  std::erase_if(jobs, [&](const Job& job) {
    if (!catalogue_->jobs().mustWait(holder_, job)) return false;
    catalogue_->jobs().giveBack(holder_, job);
    return true;
  });
  return jobs;
}

void SharedWork::finish(const Job& job) {
  const std::lock_guard guard(mutex_);
  // False when the lease was lost after the last step. All steps are done nevertheless; the host
  // that takes over finds them done.
  (void)catalogue_->jobs().finish(holder_, job);
}

void SharedWork::giveBack(const Job& job) {
  const std::lock_guard guard(mutex_);
  catalogue_->jobs().giveBack(holder_, job);
}

std::int64_t SharedWork::size(const std::string& kind) {
  const std::lock_guard guard(mutex_);
  return catalogue_->jobs().size(kind);
}

bool SharedWork::alive() const {
  return !lost_ && Steady::now().time_since_epoch().count() < goodUntil_;
}

void SharedWork::requireAlive() const {
  if (!alive()) throw BatchError(Cause::leaseLost, holder_);
}

/// A lease requested at `asked` lasts at least its full length from then, whenever the reply
/// arrived.
void SharedWork::renewed(Steady::time_point asked) {
  goodUntil_ = (asked + timing_.lease - timing_.margin).time_since_epoch().count();
}

void SharedWork::renewForEver() {
  std::unique_lock lock(endMutex_);
  while (!ending_.wait_for(lock, timing_.renewal, [&] { return end_; })) {
    lock.unlock();
    try {
      const auto asked = Steady::now();
      const std::lock_guard guard(mutex_);
      // Once lost, lost for good: another host may have claimed this run's jobs.
      if (asked.time_since_epoch().count() >= goodUntil_) lost_ = true;
      catalogue_->jobs().renew(holder_, timing_.lease);
      if (!lost_) renewed(asked);
    } catch (const std::exception&) {  // retried until the lease is over
    }
    lock.lock();
  }
}

std::string SharedWork::newHolder() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  // Processes in two containers may have the same host name and process id.
  return fmt::format("{}:{}:{:08x}", host.data(), ::getpid(), std::random_device()());
}

}  // namespace sohoa
