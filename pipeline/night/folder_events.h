#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

namespace sohoa {

/// Reports changes in a folder or its direct subfolders (inotify). The caller finds out what
/// changed: events can be lost, a look at the folder cannot.
class FolderEvents {
 public:
  /// Not usable if the kernel grants no watch; the caller then has to poll. The caller must also
  /// poll if onNetworkShare().
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
