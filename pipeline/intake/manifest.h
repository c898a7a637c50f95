#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/digest.h"
#include "core/result.h"
#include "pipeline/batch/batch.h"

namespace sohoa {

/// A batch may contain `manifest-sha512.txt`: one line per file, "<128 hex digits>
/// <folder>/<name>", as written by sha512sum and BagIt. A complete manifest closes the batch, and
/// every dossier is checked against it.
inline constexpr std::string_view kManifestName = "manifest-sha512.txt";
/// The empty file that closes a batch without a complete manifest.
inline constexpr std::string_view kDoneName = ".done";

struct Manifest {
  bool present = false;
  std::map<std::string, Sha512> files;  ///< "<folder>/<name>" -> hash
};

/// Reads the manifest. Malformed lines are ignored; the file they were meant for then counts as
/// unlisted. Files that are never taken in (.done, Thumbs.db …) are left out. Throws
/// std::filesystem::filesystem_error when the manifest cannot be read.
Manifest readManifest(const std::filesystem::path& batch);

/// True when a manifest exists, ends with a line end, and every file it names exists and is not
/// newer than it: the writer has finished.
bool manifestIsComplete(const std::filesystem::path& batch);

/// Returns manifestMissing or manifestMismatch for a dossier that differs from an existing
/// manifest.
std::optional<ItemError> checkAgainst(const Manifest& manifest, const IntakeItem& item);

}  // namespace sohoa
