#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.h"

namespace sohoa {

/// The site's own anchors; roots inside a document are never trusted. Immutable, thread-safe.
class TrustAnchors {
 public:
  static constexpr char kSigningFolder[] = "signing", kTimestampingFolder[] = "timestamping";
  /// Every *.pem / *.crt of the folder, for both purposes; of its folders `signing` and
  /// `timestamping` for one. Throws BatchError(siteConfig) naming an unreadable file.
  static TrustAnchors fromFolder(const std::filesystem::path& folder);
  /// A certificate of an anchor file.
  struct Listed {
    std::filesystem::path file;
    std::string subject, fingerprint;  ///< SHA-256 in small hexadecimal
    Time notAfter{};
    std::string pem;
  };
  /// The certificates of one file, or of every *.pem and *.crt of a folder. Throws
  /// BatchError(siteConfig).
  static std::vector<Listed> listFile(const std::filesystem::path& file);
  static std::vector<Listed> list(const std::filesystem::path& folder);
  ~TrustAnchors();
  TrustAnchors(TrustAnchors&&) noexcept;
  TrustAnchors& operator=(TrustAnchors&&) noexcept;
  struct Store;
  const Store& store() const { return *store_; }  ///< for signing/ alone

 private:
  explicit TrustAnchors(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

}  // namespace sohoa
