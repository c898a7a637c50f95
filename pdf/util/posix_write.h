#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "core/result.h"

namespace sohoa {

/// BatchError for errno: diskFull or diskError, naming the path.
[[noreturn]] inline void throwDiskError(const std::filesystem::path& file) {
  const bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  throw BatchError(full ? Cause::diskFull : Cause::diskError,
                   file.string() + ": " + std::strerror(errno));
}

inline void writeAll(int file, std::string_view bytes, const std::filesystem::path& name) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throwDiskError(name);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace sohoa
