#pragma once

#include "signing/base/openssl_handles.h"

namespace sohoa {

/// Why a list of the certificate's issuer name says nothing about the certificate (RFC 5280, 5.2
/// and 6.3.3): delta, indirect, of some reasons or another kind only, of another distribution
/// point, or with unknown critical parts. A message id; nullptr: it covers the certificate.
const char* reasonListDoesNotCover(X509_CRL* list, const X509* certificate);

/// Whether the list still names certificates that had expired like this one (expiredCertsOnCRL,
/// X.509, 9.5.2.8).
bool keepsExpired(X509_CRL* list, const X509* certificate);

}  // namespace sohoa
