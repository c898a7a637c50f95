#pragma once

#include <sys/stat.h>

#include <compare>
#include <cstdint>
#include <filesystem>
#include <string>

namespace sohoa {

/// A file as it is now: what was made of it may be kept as long as this stays the same.
struct FileIdentity {
  std::string path;
  dev_t device = 0;
  ino_t inode = 0;
  off_t size = 0;
  std::int64_t changed = 0;  ///< nanoseconds
  auto operator<=>(const FileIdentity&) const = default;
};

inline FileIdentity identityOf(const std::filesystem::path& file) {
  struct stat status {};
  FileIdentity identity{file.string(), 0, 0, 0, 0};
  if (::stat(file.c_str(), &status) != 0) return identity;
  identity.device = status.st_dev;
  identity.inode = status.st_ino;
  identity.size = status.st_size;
  identity.changed = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
  return identity;
}

}  // namespace sohoa
