#pragma once

#include <functional>
#include <string>

#include "core/dossier_code.h"
#include "pipeline/site/signing_services.h"
#include "pipeline/site/site.h"
#include "signing/verify/protection.h"

namespace sohoa {

/// Raises the signatures of a filed dossier's documents to `level`, or renews their archive
/// timestamps: a new version of the object, then the catalogue row, then the ledger entry.
/// Documents without a signature stay as they are. Gives the new version. Causes as of extendPdf;
/// dossierUnknown when nothing is filed under the code. Holds the site's lock. Throws BatchError.
Result<int> extendDossier(const Site& site, const SiteServices& services, const std::string& code,
                          SignatureLevel level);

/// A document of the repository whose timestamps must be renewed.
struct DueDocument {
  std::string dossier, document;  ///< codes
  Protection protection;
};

/// Every filed document whose timestamps are too weak today or end before `before`, object by
/// object; documents without timestamps are not among them. What cannot be read goes to
/// `unreadable`. `visit` says whether to go on.
void forEachDue(const Site& site, const SiteServices& services, Time before,
                const std::function<bool(const DueDocument&)>& visit,
                const std::function<void(const ItemError&)>& unreadable);

}  // namespace sohoa
