#pragma once

#include "pipeline/site/site.h"
#include "signing/keys/key.h"
#include "signing/pades/pades.h"

namespace sohoa {

/// How many days before its end a certificate is worth a warning.
constexpr int kWarnDaysBefore = 30;

/// Loads the site's agency key from its token or PKCS#12 file, with the secret from the configured
/// secret file. Throws BatchError(keyMissing | keyPassword | keyGone).
SigningKey loadKey(const Site& site);

/// The request for the agency's signature on a digitised copy: reason, place and appearance as
/// sohoa.toml says (`signing.copy_appearance`).
SignatureRequest agencySignature(const Site& site, Time at);

/// Signs a blank page and discards it, so that an unusable key, font or disk is found before the
/// first page is read and not on every dossier. Throws BatchError(signingStopped …).
void trySigning(const Site& site, const SigningKey& key, Time at);

}  // namespace sohoa
