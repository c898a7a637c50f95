#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

#include "core/digest.h"
#include "storage/disk/disk_hook.h"

namespace sohoa {

/// How the repository changes the disk, one system call or so per function, each announced to the
/// hook first so that a test can stop or fail at any of them. Nothing is synced unless it says so.
/// Every function throws BatchError(diskFull | diskError) naming the path.
class Disk {
 public:
  explicit Disk(DiskHook hook = {}) : hook_(std::move(hook)) {}

  struct Written {
    Sha512 sha512{};
    std::uint64_t bytes = 0;
  };
  /// Copies and hashes in one pass. Refuses to overwrite.
  Written copy(const std::filesystem::path& from, const std::filesystem::path& to) const;
  void write(const std::filesystem::path& file, std::string_view bytes) const;
  /// Parents must exist; an existing folder is fine.
  void makeFolder(const std::filesystem::path& folder) const;
  void syncFile(const std::filesystem::path& file) const;
  void syncFolder(const std::filesystem::path& folder) const;
  /// Every file and folder below and `folder` itself, several at a time: a disk answers many syncs
  /// together about as fast as one. All are announced first, deepest first.
  void syncTree(const std::filesystem::path& folder) const;
  /// False when `to` is a folder that is not empty; replaces a file.
  bool rename(const std::filesystem::path& from, const std::filesystem::path& to) const;
  void removeFile(const std::filesystem::path& file) const;
  void removeTree(const std::filesystem::path& folder) const;

 private:
  void announce(std::string_view operation, const std::filesystem::path& path) const {
    if (hook_) hook_(operation, path);
  }
  DiskHook hook_;
};

}  // namespace sohoa
