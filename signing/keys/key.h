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

/// The agency's key and certificate. Held by one process only, never by one that parses scans.
/// sign() is thread-safe.
class SigningKey {
 public:
  /// Throws BatchError(keyMissing | keyPassword).
  static SigningKey fromPkcs12(const std::filesystem::path& file, const std::string& password);
  /// A key that stays on its token: `uri` as RFC 7512 writes it, with "module-path" unless p11-kit
  /// knows the module. Throws BatchError(keyMissing | keyPassword | keyGone).
  static SigningKey fromPkcs11(const std::string& uri, const std::string& pin);
  ~SigningKey();
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;

  /// A key that another process uses on behalf of this one; certificates in DER. For signing/
  /// alone.
  static SigningKey withSigner(std::shared_ptr<DigestSigner> signer, const std::string& certificate,
                               std::vector<std::string> intermediates);

  const CertificateInfo& certificate() const;
  /// Throws BatchError(certificateExpired | certificateNotYetValid | certificateUsage).
  void requireUsableAt(Time at) const;

  struct Material;
  const Material& material() const { return *material_; }  ///< for signing/ alone

 private:
  explicit SigningKey(std::unique_ptr<Material> material);
  std::unique_ptr<Material> material_;
};

}  // namespace sohoa
