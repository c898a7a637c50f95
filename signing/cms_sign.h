#pragma once

// Private to signing/.

#include <string>
#include <string_view>

#include "signing/key.h"

namespace sohoa {

/// A CAdES baseline signature (ETSI EN 319 122-1) as PAdES wants it (EN 319 142-1, 6.3): detached,
/// one SignerInfo, signed attributes content-type, message-digest and signing-certificate-v2, and
/// no signing-time (the claimed time stands in the PDF). Certificates: signer and intermediates.
/// `sha256` is the digest of the byte range. DER; the same key and digest give the same bytes for
/// RSA. Throws BatchError(signingStopped).
std::string makeCms(const SigningKey& key, std::string_view sha256);

/// An upper bound of makeCms().size() for this key, without using the key.
std::size_t cmsSizeBound(const SigningKey& key);

}  // namespace sohoa
