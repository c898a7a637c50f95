#pragma once

#include <string>

#include "signing/base/signature_level.h"

namespace sohoa {

/// Signs with a private key that is not in this process's memory: on a token, or in another
/// process.
class DigestSigner {
 public:
  virtual ~DigestSigner() = default;
  /// A signature over a digest: PKCS#1 v1.5 or PSS for RSA, DER Ecdsa-Sig-Value for EC.
  /// Thread-safe. Throws BatchError(keyGone | signingStopped).
  virtual std::string sign(const std::string& digest, SignatureAlgorithm algorithm) = 0;
};

}  // namespace sohoa
