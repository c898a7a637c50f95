#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "storage/ocfl/finding.h"

namespace sohoa {

/// Validates any OCFL 1.1 (or 1.0) object folder, ours or not; every byte is read. `where` of a
/// finding is the path inside the object. Throws BatchError(diskError) when a folder or an
/// inventory cannot be read; content that cannot be read is a finding.
std::vector<OcflFinding> validateOcflObject(const std::filesystem::path& object);
/// Whether a folder means to be a storage root rather than an object: by its declaration, or, where
/// it has none, by what lies in it.
bool looksLikeOcflRoot(const std::filesystem::path& folder);
/// Visits the folder of every object of any storage root, sorted by path; one folder's names are in
/// memory at a time. Throws BatchError(diskError).
void forEachOcflObject(const std::filesystem::path& root,
                       const std::function<void(const std::filesystem::path&)>& visit);
/// Validates any OCFL 1.1 storage root: its own files, hierarchy and layout, not the inside of the
/// objects.
std::vector<OcflFinding> validateOcflRoot(const std::filesystem::path& root);

}  // namespace sohoa
