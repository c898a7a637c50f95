#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "signing/base/certificate_info.h"

namespace sohoa {

class DigestSigner;

/// The agency's private key with its certificate. Only one process holds it, never one that parses
/// scans. Signing with it is thread-safe, except with the key that signOutside() passes to its
/// child process.
class SigningKey {
 public:
  /// Loads the key from a PKCS#12 file of at most 1 MiB. Throws BatchError(keyMissing
  /// keyPassword).
  static SigningKey fromPkcs12(const std::filesystem::path& file, const std::string& password);
  /// Opens a key that stays on its PKCS#11 token. `uri` follows RFC 7512 and needs "module-path"
  /// unless p11-kit knows the module. Throws BatchError(keyMissing
  /// keyPassword
  /// keyGone).
  static SigningKey fromPkcs11(const std::string& uri, const std::string& pin);
  ~SigningKey();
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;

  /// A key that another process uses on behalf of this one; certificates in DER. For signing/
  /// alone.
  static SigningKey withSigner(std::shared_ptr<DigestSigner> signer, const std::string& certificate,
                               std::vector<std::string> intermediates);

  const CertificateInfo& certificate() const;
  /// Checks validity period, key usage and key length (RSA 2048, EC 256 bits). Throws
  /// BatchError(certificateExpired
  /// certificateNotYetValid
  /// certificateUsage).
  void requireUsableAt(Time at) const;

  struct Material;
  const Material& material() const { return *material_; }  ///< for use inside signing/ only

 private:
  explicit SigningKey(std::unique_ptr<Material> material);
  std::unique_ptr<Material> material_;
};

}  // namespace sohoa
