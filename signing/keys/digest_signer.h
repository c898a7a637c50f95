#pragma once

#include <string>

#include "signing/base/signature_level.h"

namespace sohoa {

/// Signs with a private key outside this process's memory: on a token or in another process.
class DigestSigner {
 public:
  virtual ~DigestSigner() = default;
  /// Signs a digest: PKCS#1 v1.5 or PSS for RSA, DER Ecdsa-Sig-Value for EC. Thread-safe on a
  /// token; through another process (remote_key.h) for one thread at a time. Throws
  /// BatchError(keyGone
  /// signingStopped).
  virtual std::string sign(const std::string& digest, SignatureAlgorithm algorithm) = 0;
};

}  // namespace sohoa
