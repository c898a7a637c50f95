#pragma once

// A PKCS#11 token (OASIS PKCS#11 2.40), spoken to without a library between.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "signing/keys/digest_signer.h"

namespace sohoa {

/// One private key on a token, through the token's own module. One session, one login; when the
/// session is lost it is opened once more, and a wrong PIN is never tried twice. The module must
/// not be used across fork() without exec(). sign() is thread-safe.
class Token final : public DigestSigner {
 public:
  /// `uri` as RFC 7512 writes it: token, serial, object, id … choose; "module-path" names the
  /// module, p11-kit's proxy (every module of the system) is taken without it; a PIN in it is
  /// refused. Throws BatchError(keyMissing | keyPassword | keyGone).
  Token(const std::string& uri, const std::string& pin);
  ~Token() override;

  /// DER of the certificate that belongs to the key, and of the others on the token.
  const std::string& certificate() const;
  const std::vector<std::string>& otherCertificates() const;
  std::string sign(const std::string& digest, SignatureAlgorithm algorithm) override;

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

}  // namespace sohoa
