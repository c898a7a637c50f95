#pragma once

#include "pipeline/site/site.h"
#include "signing/keys/key.h"
#include "signing/pades/pades.h"

namespace sohoa {

/// How many days before its end a certificate is worth a warning.
constexpr int kWarnDaysBefore = 30;

/// The site's agency key, from its token or its file, with the secret from the file named for it.
/// Throws BatchError(keyMissing | keyPassword | keyGone).
SigningKey loadKey(const Site& site);

/// What the agency's signature on a digitised copy says and shows, as `signing.copy_appearance` of
/// the site prescribes.
SignatureRequest agencySignature(const Site& site, Time at);

/// Signs a blank page and throws it away, so that a key, font or disk that would fail on every
/// dossier is found before the first page is read. Throws BatchError(signingStopped …).
void trySigning(const Site& site, const SigningKey& key, Time at);

}  // namespace sohoa
