#pragma once

#include <functional>
#include <string>

#include "core/dossier_code.h"
#include "pipeline/site/signing_services.h"
#include "pipeline/site/site.h"
#include "signing/verify/protection.h"

namespace sohoa {

/// Raises the signatures of a filed dossier's documents to `level`, or renews their archive
/// timestamps: commits a new version of the object, then updates the catalogue row, then writes the
/// ledger entry. Documents without a signature are not changed. Returns the new version. Causes:
/// those of extendPdf; dossierUnknown when nothing is filed under the code; documentNotSigned when
/// no document is signed; signatureNotVerified when the result does not pass or does not reach
/// `level`. Takes the site's lock. Throws BatchError.
Result<int> extendDossier(const Site& site, const SiteServices& services, const std::string& code,
                          SignatureLevel level);

/// A document of the repository whose timestamps must be renewed.
struct DueDocument {
  std::string dossier, document;  ///< codes
  Protection protection;
};

/// Visits every filed document whose timestamps are too weak today or expire before `before`,
/// object by object; documents without timestamps are not visited. Unreadable ones go to
/// `unreadable`. `visit` returns whether to continue.
void forEachDue(const Site& site, const SiteServices& services, Time before,
                const std::function<bool(const DueDocument&)>& visit,
                const std::function<void(const ItemError&)>& unreadable);

}  // namespace sohoa
