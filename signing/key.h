#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/result.h"

namespace sohoa {

struct CertificateInfo {
  std::string subject, issuer;  ///< RFC 2253, UTF-8
  std::string commonName;       ///< of the subject
  std::string organisation;     ///< of the subject; may be empty
  std::string serial;           ///< hexadecimal
  Time notBefore{}, notAfter{};
};

/// The agency's key and certificate. Held by one process only, never by one that parses scans.
/// sign() is thread-safe.
class SigningKey {
 public:
  /// Throws BatchError(keyMissing | keyPassword).
  static SigningKey fromPkcs12(const std::filesystem::path& file, const std::string& password);
  ~SigningKey();
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;

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
