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

/// A batch may bring `manifest-sha512.txt`: one line a file, "<128 hex digits>  <folder>/<name>",
/// as sha512sum and BagIt write it. It closes the batch, and every dossier is checked against it.
inline constexpr std::string_view kManifestName = "manifest-sha512.txt";
/// The empty file that closes a batch without a manifest, or before one is complete.
inline constexpr std::string_view kDoneName = ".done";

struct Manifest {
  bool present = false;
  std::map<std::string, Sha512> files;  ///< "<folder>/<name>" -> hash
};

/// Lines that are no manifest lines are ignored here; the file they meant then counts as unlisted.
/// Files that are never taken in (.done, Thumbs.db …) are left out.
/// Throws std::filesystem::filesystem_error when it cannot be read.
Manifest readManifest(const std::filesystem::path& batch);

/// True when there is a manifest, it ends with a line end, and every file it names exists and is
/// not newer: the writer has come to its end.
bool manifestIsComplete(const std::filesystem::path& batch);

/// manifestMissing or manifestMismatch for a dossier that differs from a manifest that is there.
std::optional<ItemError> checkAgainst(const Manifest& manifest, const IntakeItem& item);

}  // namespace sohoa
