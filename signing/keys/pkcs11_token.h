#pragma once

// A PKCS#11 token (OASIS PKCS#11 2.40), spoken to without a library between.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "signing/keys/digest_signer.h"

namespace sohoa {

/// One private key on a token, used through the token's own module. Holds one session with one
/// login; reopens a lost session once, and never tries a wrong PIN twice. The module must not be
/// used across fork() without exec(). sign() is thread-safe.
class Token final : public DigestSigner {
 public:
  /// `uri` follows RFC 7512: token, serial, object, id … select the key; "module-path" names the
  /// module, without it p11-kit's proxy (all modules of the system) is used; a PIN in it is
  /// refused. Throws BatchError(keyMissing
  /// keyPassword
  /// keyGone
  /// certificateUsage).
  Token(const std::string& uri, const std::string& pin);
  ~Token() override;

  /// DER of the certificate with the key's identifier, and of the other certificates on the token.
  const std::string& certificate() const;
  const std::vector<std::string>& otherCertificates() const;
  std::string sign(const std::string& digest, SignatureAlgorithm algorithm) override;

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

}  // namespace sohoa
