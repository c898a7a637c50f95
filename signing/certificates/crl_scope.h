#pragma once

#include "signing/base/openssl_handles.h"

namespace sohoa {

/// Why a CRL with the certificate's issuer name does not cover the certificate (RFC 5280, 5.2 and
/// 6.3.3): it is a delta or indirect CRL, limited to some reasons, another certificate type or
/// another distribution point, or has unknown critical extensions. A message id; nullptr: it covers
/// the certificate.
const char* reasonListDoesNotCover(X509_CRL* list, const X509* certificate);

/// Whether the CRL keeps listing certificates that expired when this one did (expiredCertsOnCRL,
/// X.509, 9.5.2.8).
bool keepsExpired(X509_CRL* list, const X509* certificate);

}  // namespace sohoa
