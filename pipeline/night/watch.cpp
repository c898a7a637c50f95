#include "pipeline/night/watch.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <map>

#include "pipeline/common/file_names.h"
#include "pipeline/intake/intake.h"
#include "pipeline/night/batch_settling.h"
#include "pipeline/night/folder_events.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;

/// Maximum time between looks even when events work.
constexpr std::chrono::milliseconds kAtLeast{60'000};
/// Time between looks where events are not available.
constexpr std::chrono::milliseconds kOnShares{15'000};
/// Copying a batch causes many events: this pause keeps them from causing a look each.
constexpr std::chrono::milliseconds kBetweenLooks{200};
/// Bounds the wait, so that a signal arriving just before it is noticed.
constexpr std::chrono::milliseconds kLongestWait{1'000};

/// Allows one watch per site; hosts that share a site each run their own.
class WatchLock {
 public:
  explicit WatchLock(const Site& site) {
    if (site.catalogue().shared()) return;
    const fs::path file = site.state() / "watch.lock";
    fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd_ < 0) throw BatchError(Cause::diskError, file.string());
    if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(fd_);
    throw BatchError(Cause::siteBusy, site.root().string());
  }
  ~WatchLock() {
    if (fd_ >= 0) ::close(fd_);
  }
  WatchLock(const WatchLock&) = delete;
  WatchLock& operator=(const WatchLock&) = delete;

 private:
  int fd_ = -1;
};

class Watch {
 public:
  Watch(const Site& site, const WatchOptions& options, WatchListener& listener,
        const std::atomic<bool>& stop)
      : site_(site),
        options_(options),
        listener_(listener),
        stop_(stop),
        lock_(site),
        growth_(options.settle) {}

  bool run() {
    FolderEvents events(site_.intake());
    const bool deaf = !events.usable() || onNetworkShare(site_.intake());
    const bool polling = options_.poll.count() > 0 || deaf;
    const auto between = options_.poll.count() > 0 ? options_.poll : deaf ? kOnShares : kAtLeast;
    listener_.watching(polling);
    for (Steady::time_point due = Steady::now(); !stop_;) {
      const auto now = Steady::now();
      if (now >= due || woken_) {
        woken_ = false;
        lookAround();
        FolderEvents::pause(kBetweenLooks);
        const bool soon = growth_.anyGrowing() || busySaid_;
        due = Steady::now() + (soon ? std::min(options_.settle, between) : between);
        continue;
      }
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(due - now) +
                        std::chrono::milliseconds(1);
      const auto wait = std::min(left, kLongestWait);
      if (polling) {
        FolderEvents::pause(wait);
      } else {
        woken_ = events.wait(wait);
      }
    }
    return cutShort_;
  }

 private:
  void lookAround();
  bool ready(const IntakeFolder& folder);
  void file(const std::string& folder);
  void leaveAlone(const std::string& folder, const std::string& why);

  const Site& site_;
  const WatchOptions& options_;
  WatchListener& listener_;
  const std::atomic<bool>& stop_;
  WatchLock lock_;
  BatchGrowth growth_;
  std::map<std::string, std::string> said_;  ///< folder -> the reason reported for not taking it in
  /// batches that a run could not finish, and when they may be tried again
  std::map<std::string, Steady::time_point> notBefore_;
  bool woken_ = false, cutShort_ = false, busySaid_ = false;
};

/// Reports each reason once.
void Watch::leaveAlone(const std::string& folder, const std::string& why) {
  if (said_[folder] == why) return;
  said_[folder] = why;
  listener_.leftAlone(printable(folder), why);
}

bool Watch::ready(const IntakeFolder& folder) {
  if (!folder.closed) {
    leaveAlone(folder.name, folder.problem);
    return false;
  }
  const auto wait = notBefore_.find(folder.name);
  if (wait != notBefore_.end() && Steady::now() < wait->second) return false;
  switch (growth_.look(site_.intake() / folder.name, Steady::now())) {
    case BatchGrowth::State::growing:
      return false;
    case BatchGrowth::State::incomplete:
      leaveAlone(folder.name, textId("its files do not match its manifest yet"));
      return false;
    case BatchGrowth::State::complete:
      return true;
  }
  return false;
}

void Watch::lookAround() {
  std::map<std::string, bool> present;
  std::vector<std::string> complete;
  for (const IntakeFolder& folder : listIntake(site_)) {
    present[folder.name] = true;
    try {
      if (ready(folder)) complete.push_back(folder.name);
    } catch (const fs::filesystem_error&) {
      // Renamed or removed meanwhile, or a file that is not readable yet: the next look decides.
    }
  }
  growth_.keepOnly(present);
  std::erase_if(said_, [&](const auto& one) { return !present.contains(one.first); });
  std::erase_if(notBefore_, [&](const auto& one) { return !present.contains(one.first); });
  for (const std::string& folder : complete) {
    if (!stop_) file(folder);
  }
}

/// Runs a night for one batch.
void Watch::file(const std::string& folder) try {
  NightOptions night = options_.night;
  night.batch = folder;
  const NightSummary summary = runNight(site_, night, listener_, stop_);
  busySaid_ = false;
  said_.erase(folder);
  if (summary.remaining > 0) {  // interrupted, or waiting for an external server
    notBefore_[folder] = Steady::now() + options_.retry;
    cutShort_ = stop_;
  }
  listener_.finished(summary);
} catch (const BatchError& error) {
  if (error.cause() != Cause::siteBusy) throw;
  if (!busySaid_) listener_.busy();
  busySaid_ = true;
} catch (const fs::filesystem_error&) {
  if (fs::exists(site_.intake() / folder)) throw;
  // It was renamed before its record was written: it is now another batch, or none.
}

}  // namespace

bool watchIntake(const Site& site, const WatchOptions& options, WatchListener& listener,
                 const std::atomic<bool>& stop) {
  return Watch(site, options, listener, stop).run();
}

}  // namespace sohoa
