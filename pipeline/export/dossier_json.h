#pragma once

#include <string>

#include "pipeline/export/mets_premis.h"

namespace sohoa {

/// A dossier as JSON for other systems (the e-one-stop system), format 1: codes, results with their
/// state today, the archive's fields with their problems, files with digests, and history. UTF-8,
/// sorted keys, indented by 2. The fields are documented in pipeline/README.md.
std::string dossierJson(const ExportedDossier& dossier, const std::string& agency, Time now);

}  // namespace sohoa
