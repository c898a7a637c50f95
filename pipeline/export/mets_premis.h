#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/record.h"
#include "pipeline/export/archive_fields.h"
#include "storage/ledger/ledger.h"
#include "storage/repository/repository.h"

namespace sohoa {

/// All facts about one dossier that an export contains.
struct ExportedDossier {
  DossierRecord record;
  std::string object;                 ///< identifier in the repository
  std::vector<VersionInfo> versions;  ///< from version 1
  struct File {
    std::string logical;             ///< "documents/…-KQ1.pdf"
    std::filesystem::path place;     ///< path on disk
    std::filesystem::path inObject;  ///< relative to the object's folder
    std::uint64_t bytes = 0;
    std::string sha512;
  };
  std::vector<File> files;  ///< files of the newest version, by logical path
  std::vector<LedgerEntry> history;
  ArchiveDescription description;
};
/// Throws BatchError(repositoryDamaged) when a file does not match its digest. Returns std::nullopt
/// when there is no such dossier.
std::optional<ExportedDossier> gatherDossier(const Site& site, const std::string& code);

/// METS: descriptive metadata, the files with their digests, the structure of the dossier. `prefix`
/// is the path from the METS file to the object's folder, `premis` to the PREMIS file.
std::string metsOf(const ExportedDossier& dossier, const std::string& prefix,
                   const std::string& premis, const std::string& agency, Time now);
/// PREMIS 3: the files, and the events and agents of their history.
std::string premisOf(const ExportedDossier& dossier, const std::string& agency);

}  // namespace sohoa
