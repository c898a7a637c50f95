#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace sohoa {

/// The one seam to the disk for everything that must survive a power cut. Every function throws
/// BatchError(diskFull | diskError) naming the path. Thread-safe.

/// Writes a temporary file beside `file`, syncs it, renames it over `file`, syncs the folder.
void writeFileDurably(const std::filesystem::path& file, std::string_view bytes);
/// Copies and syncs (the folder is the caller's to sync). Refuses to overwrite; a copy that fails
/// leaves nothing.
void copyFileDurably(const std::filesystem::path& from, const std::filesystem::path& to);
void syncFile(const std::filesystem::path& file);
void syncFolder(const std::filesystem::path& folder);
/// rename(2), then syncs both parent folders. Fails when `to` exists and is a non-empty folder.
void renameDurably(const std::filesystem::path& from, const std::filesystem::path& to);
/// Creates missing folders and syncs each parent.
void createFoldersDurably(const std::filesystem::path& folder);
/// Throws BatchError(diskFull | diskError) for an errno value: "cannot open FILE: No such file".
[[noreturn]] void throwDiskError(std::string_view what, const std::filesystem::path& path,
                                 int error);
/// Whole file as bytes; throws std::filesystem::filesystem_error.
std::string readFile(const std::filesystem::path& file);

}  // namespace sohoa
