#pragma once

#include <filesystem>
#include <vector>

#include "pipeline/dossier/dossier_task.h"
#include "pipeline/filing/filing_context.h"

namespace sohoa {

/// metadata.json of a filed dossier. Throws BatchError(repositoryDamaged).
DossierRecord readRecord(const std::filesystem::path& metadata);

/// What is filed of a dossier, once its documents are made: its record, and whether it counts.
DossierRecord makeRecord(const FilingParts& parts, const Docket& docket,
                         const std::vector<DossierDocument>& planned,
                         std::vector<DocumentRecord> documents);

/// Commits it as the version after `head`: originals, documents, texts, record. Returns its number.
int commitVersion(const FilingParts& parts, const Docket& docket,
                  const std::vector<DossierDocument>& planned, const DossierRecord& record,
                  int head);

}  // namespace sohoa
