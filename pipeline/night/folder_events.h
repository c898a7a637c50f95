#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

namespace sohoa {

/// Wakes up when something changes in a folder or in one of its folders (inotify). What changed is
/// for the caller to find out: events can be lost, and a look cannot.
class FolderEvents {
 public:
  /// Not usable where the kernel has no watch to give, or `folder` is on a share whose changes it
  /// does not see; the caller then looks from time to time.
  explicit FolderEvents(const std::filesystem::path& folder);
  ~FolderEvents();
  FolderEvents(const FolderEvents&) = delete;
  FolderEvents& operator=(const FolderEvents&) = delete;

  bool usable() const { return fd_ >= 0; }
  /// Waits for a change (returns true), a signal or the end of the time.
  bool wait(std::chrono::milliseconds atMost);
  /// Waits for a signal or the end of the time.
  static void pause(std::chrono::milliseconds atMost);

 private:
  void watchInside();
  std::filesystem::path folder_;
  int fd_ = -1;
};

/// True when the folder is on a network file system, whose changes by other hosts inotify does not
/// report.
bool onNetworkShare(const std::filesystem::path& folder);

}  // namespace sohoa
