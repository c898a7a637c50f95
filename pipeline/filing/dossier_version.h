#pragma once

#include <filesystem>
#include <vector>

#include "pipeline/dossier/dossier_task.h"
#include "pipeline/filing/filing_context.h"

namespace sohoa {

/// Builds the record of a dossier whose documents are made, and decides whether it counts.
DossierRecord makeRecord(const FilingContext& context, const DossierTask& task,
                         const std::vector<DossierDocument>& planned,
                         std::vector<DocumentRecord> documents);

/// Commits originals, documents, texts and record as the version after `head`. Returns the new
/// version's number.
int commitVersion(const FilingContext& context, const DossierTask& task,
                  const std::vector<DossierDocument>& planned, const DossierRecord& record,
                  int head);

}  // namespace sohoa
