#pragma once

// The one place where a private key is used.

#include <string>
#include <string_view>

#include "signing/base/openssl_handles.h"
#include "signing/base/signature_level.h"
#include "signing/keys/key.h"

namespace sohoa {

/// AlgorithmIdentifier of the signature, DER. Throws BatchError(certificateUsage) for a key that
/// cannot sign so.
std::string signatureAlgorithmDer(const SigningKey::Material& key, SignatureAlgorithm algorithm);
/// The signature over a digest of the algorithm's kind. Thread-safe.
/// Throws BatchError(signingStopped | keyGone).
std::string signDigest(const SigningKey::Material& key, SignatureAlgorithm algorithm,
                       const std::string& digest);
/// The signature over the message, as CMS keeps it. Thread-safe.
/// Throws BatchError(signingStopped | keyGone).
std::string signMessage(const SigningKey::Material& key, SignatureAlgorithm algorithm,
                        std::string_view message);

}  // namespace sohoa
