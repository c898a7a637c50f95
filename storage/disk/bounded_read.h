#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace sohoa {

/// Inventories list a file in some 300 bytes: a million files. Larger ones are not read.
inline constexpr std::uintmax_t kLargestInventory = 256u << 20;

/// The bytes of a plain file of at most `limit` bytes. Nothing when it is missing, larger, a link,
/// a pipe or device, or cannot be read. For files of unknown origin: never waits, follows no link,
/// takes no more memory than `limit`.
std::optional<std::string> readSmallFile(const std::filesystem::path& file,
                                         std::uintmax_t limit = 64u << 10);

}  // namespace sohoa
