#pragma once

#include <functional>
#include <string>

#include "pipeline/site/site.h"

namespace sohoa {

/// Exclusive right to change the site, held while a command does so. The kernel releases it when
/// the process dies.
class SiteLock {
 public:
  /// `shared`: runs of several hosts hold it together; every other command is locked out.
  enum class Kind { alone, shared };
  /// Throws BatchError(siteBusy) when another process holds it.
  explicit SiteLock(const Site& site, Kind kind = Kind::alone);
  ~SiteLock();
  SiteLock(const SiteLock&) = delete;
  SiteLock& operator=(const SiteLock&) = delete;

  /// For a shared lock: runs `work` if no other process holds the lock, and keeps others out
  /// meanwhile.
  void ifAlone(const std::function<void()>& work);

 private:
  std::string name_;
  int fd_ = -1;
};

}  // namespace sohoa
