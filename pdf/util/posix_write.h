#pragma once

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>

#include "core/durable.h"

namespace sohoa {

/// Throws BatchError(diskFull | diskError) naming the file.
inline void writeAll(int file, std::string_view bytes, const std::filesystem::path& name) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throwDiskError("cannot write", name, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace sohoa
