#pragma once

#include "pipeline/site.h"
#include "signing/key.h"
#include "signing/pades.h"

namespace sohoa {

/// The site's agency key, with the password from its file. Throws BatchError(keyMissing |
/// keyPassword).
SigningKey loadKey(const Site& site);

/// What the agency's signature on a digitised copy says and shows: NĐ 30/2020 Annex I, case D.
SignatureRequest agencySignature(const Config& config, Time at);

/// Signs a blank page and throws it away, so that a key, font or disk that would fail on every
/// dossier is found before the first page is read. Throws BatchError(signingStopped …).
void trySigning(const Site& site, const SigningKey& key, Time at);

}  // namespace sohoa
