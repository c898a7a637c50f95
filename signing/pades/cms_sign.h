#pragma once

#include <string>
#include <string_view>

#include "signing/base/signature_level.h"
#include "signing/keys/key.h"

namespace sohoa {

/// A CAdES baseline signature (ETSI EN 319 122-1) as PAdES wants it (EN 319 142-1, 6.3): detached,
/// one SignerInfo, signed attributes content-type, message-digest and signing-certificate-v2, and
/// no signing-time (the claimed time stands in the PDF). Certificates: signer and intermediates.
/// The same key and digest give the same bytes for RSA PKCS#1 v1.5.
class CmsSignature {
 public:
  /// Signs; `digest` is that of the byte range. Throws BatchError(signingStopped | keyGone).
  CmsSignature(const SigningKey& key, SignatureAlgorithm algorithm, std::string_view digest);

  /// The signature value: what a signature timestamp stands for.
  const std::string& value() const { return value_; }
  /// The CMS, DER; with a timestamp token as unsigned attribute unless it is empty.
  std::string der(std::string_view timestampToken = {}) const;

 private:
  const SigningKey& key_;
  SignatureAlgorithm algorithm_;
  std::string attributes_, value_;
};

/// An upper bound of der().size() for this key and a token of so many bytes (0: none), without
/// using the key.
std::size_t cmsSizeBound(const SigningKey& key, SignatureAlgorithm algorithm,
                         std::size_t tokenBytes = 0);

}  // namespace sohoa
