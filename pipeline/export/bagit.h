#pragma once

#include <filesystem>
#include <string>

#include "pipeline/export/mets_premis.h"

namespace sohoa {

/// Contents of a bag.
struct BagSummary {
  std::uint64_t files = 0, bytes = 0;  ///< Payload-Oxum
};
/// Writes a dossier as a BagIt 1.0 bag (RFC 8493) into `folder`, which must not exist:
///   data/<object>/   the OCFL object with all its versions, as stored in the repository
///   metadata/        mets.xml, premis.xml, dossier.json (tag files)
/// The bag is built in a temporary folder, the copy of the object is validated, and the folder is
/// then renamed. Throws BatchError(repositoryDamaged) when the object is not valid.
BagSummary writeBag(const Site& site, const ExportedDossier& dossier,
                    const std::filesystem::path& folder);

}  // namespace sohoa
