#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "signing/cms/cms_check.h"

namespace sohoa {

/// Checks adbe.x509.rsa_sha1 (ISO 32000-1:2008, 12.8.3.2): /Contents is an OCTET STRING with a
/// PKCS#1 v1.5 value over the SHA-1 of the byte range; the signer is the first certificate of
/// /Cert. Always weak: nothing binds the certificate, and SHA-1 is broken.
CmsFacts checkOldSignature(std::string_view contents, const std::string& sha1,
                           const std::vector<Certificate>& certificates);

}  // namespace sohoa
