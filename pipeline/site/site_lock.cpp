#include "pipeline/site/site_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "core/result.h"

namespace sohoa {

namespace fs = std::filesystem;

namespace {

/// Shared runs retry while another run briefly holds the lock exclusively; every other command
/// fails at once.
bool lockSite(int fd, SiteLock::Kind kind) {
  if (kind == SiteLock::Kind::alone) return ::flock(fd, LOCK_EX | LOCK_NB) == 0;
  constexpr int kTries = 300;
  for (int i = 0; i < kTries; ++i) {
    if (::flock(fd, LOCK_SH | LOCK_NB) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

}  // namespace

SiteLock::SiteLock(const Site& site, Kind kind) : name_(site.root().string()) {
  const fs::path file = site.state() / "lock";
  fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd_ < 0) throw BatchError(Cause::diskError, file.string());
  if (!lockSite(fd_, kind)) {
    ::close(fd_);
    throw BatchError(Cause::siteBusy, name_);
  }
}

void SiteLock::ifAlone(const std::function<void()>& work) {
  if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) work();
  // Converting the lock releases it for an instant, in which a command that wants exclusive access
  // may take it.
  if (!lockSite(fd_, Kind::shared)) throw BatchError(Cause::siteBusy, name_);
}

SiteLock::~SiteLock() { ::close(fd_); }

}  // namespace sohoa
