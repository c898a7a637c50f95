#pragma once

#include <string>

#include "core/dossier_code.h"
#include "pipeline/signing_services.h"
#include "pipeline/site.h"

namespace sohoa {

/// Raises the signatures of a filed dossier's documents to `level`, or renews their archive
/// timestamps: a new version of the object, then the catalogue row, then the ledger entry. Documents
/// without a signature stay as they are. Gives the new version. Causes as of extendPdf;
/// dossierUnknown when nothing is filed under the code. Holds the site's lock. Throws BatchError.
Result<int> extendDossier(const Site& site, const SiteServices& services, const std::string& code,
                          SignatureLevel level);

}  // namespace sohoa
