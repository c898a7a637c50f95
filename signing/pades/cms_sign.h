#pragma once

#include <string>
#include <string_view>

#include "signing/base/signature_level.h"
#include "signing/keys/key.h"

namespace sohoa {

/// A CAdES baseline signature (ETSI EN 319 122-1) in the PAdES profile (EN 319 142-1, 6.3):
/// detached, one SignerInfo, signed attributes content-type, message-digest and
/// signing-certificate-v2, and no signing-time (the claimed time is in the PDF). Contains the
/// signer's certificate and the intermediates. With RSA PKCS#1 v1.5, the same key and digest give
/// the same bytes.
class CmsSignature {
 public:
  /// Signs. `digest` is the digest of the byte range; `key` must outlive the object. Throws
  /// BatchError(signingStopped
  /// keyGone).
  CmsSignature(const SigningKey& key, SignatureAlgorithm algorithm, std::string_view digest);

  /// The signature value, over which a signature timestamp is made.
  const std::string& value() const { return value_; }
  /// The CMS in DER, with the timestamp token as unsigned attribute unless it is empty.
  std::string der(std::string_view timestampToken = {}) const;

 private:
  const SigningKey& key_;
  SignatureAlgorithm algorithm_;
  std::string attributes_, value_;
};

/// Upper bound of der().size() for this key and a token of `tokenBytes` (0: none). Does not use the
/// private key.
std::size_t cmsSizeBound(const SigningKey& key, SignatureAlgorithm algorithm,
                         std::size_t tokenBytes = 0);

}  // namespace sohoa
