#pragma once

// The one place where a private key is used.

#include <string>
#include <string_view>

#include "signing/base/openssl_handles.h"
#include "signing/base/signature_level.h"
#include "signing/keys/key.h"

namespace sohoa {

/// AlgorithmIdentifier of the signature, DER. Throws BatchError(certificateUsage) when the key is
/// neither RSA nor EC.
std::string signatureAlgorithmDer(const SigningKey::Material& key, SignatureAlgorithm algorithm);
/// Signs a digest made with `algorithm.digest`. Thread-safe for a key from a file or a token (see
/// digest_signer.h). Throws BatchError(signingStopped
/// keyGone).
std::string signDigest(const SigningKey::Material& key, SignatureAlgorithm algorithm,
                       const std::string& digest);
/// Signs a message; returns the value in the form CMS stores. Thread-safe as signDigest(). Throws
/// BatchError(signingStopped
/// keyGone).
std::string signMessage(const SigningKey::Material& key, SignatureAlgorithm algorithm,
                        std::string_view message);

}  // namespace sohoa
