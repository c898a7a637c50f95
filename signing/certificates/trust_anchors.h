#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.h"

namespace sohoa {

/// The trust anchors configured by the site; root certificates inside a document are never trusted.
/// Immutable, thread-safe.
class TrustAnchors {
 public:
  static constexpr char kSigningFolder[] = "signing", kTimestampingFolder[] = "timestamping",
                        kIntermediateFolder[] = "intermediate";
  /// Loads every *.pem and *.crt of `folder` for both purposes, those of its subfolders `signing`
  /// and `timestamping` for one purpose each. Those of `intermediate` anchor nothing: they complete
  /// the paths of documents that bring the signer's certificate alone. Throws
  /// BatchError(siteConfig) naming an unreadable file.
  static TrustAnchors fromFolder(const std::filesystem::path& folder);
  /// One certificate of an anchor file.
  struct Listed {
    std::filesystem::path file;
    std::string subject, fingerprint;  ///< fingerprint: SHA-256, lower-case hex
    Time notAfter{};
    bool selfIssued = false;  ///< a root: subject and issuer are one name
    std::string pem;
  };
  /// Lists the certificates of one file, or of every *.pem and *.crt directly in `folder`. Both
  /// throw BatchError(siteConfig).
  static std::vector<Listed> listFile(const std::filesystem::path& file);
  static std::vector<Listed> list(const std::filesystem::path& folder);
  ~TrustAnchors();
  TrustAnchors(TrustAnchors&&) noexcept;
  TrustAnchors& operator=(TrustAnchors&&) noexcept;
  struct Store;
  const Store& store() const { return *store_; }  ///< for use inside signing/ only

 private:
  explicit TrustAnchors(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

}  // namespace sohoa
