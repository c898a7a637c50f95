#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/site/site.h"

namespace sohoa {

/// A trust anchor of the site and its file.
struct TrustEntry {
  std::filesystem::path file;  ///< relative to the trust folder
  /// "signing", "timestamping" or "both"; "intermediate": anchors nothing, completes paths
  std::string purpose;
  /// fingerprint: SHA-256 in hexadecimal; notAfter: ISO day
  std::string subject, fingerprint, notAfter;
};

/// Lists all anchors in the order of their files. Throws BatchError(siteConfig) for an unreadable
/// one.
std::vector<TrustEntry> listTrust(const Site& site);
/// Adds every certificate of a PEM or DER file to the folder, one file each, with a ledger entry:
/// roots as anchors, others as intermediate certificates whatever `purpose` says. Returns those
/// added; certificates already present are skipped. `actor`: the person who did it.
std::vector<TrustEntry> addTrust(const Site& site, const std::filesystem::path& file,
                                 const std::string& purpose, const std::string& actor);
/// Removes anchors by fingerprint (or its first eight or more digits) or by file name. Returns
/// those removed.
std::vector<TrustEntry> removeTrust(const Site& site, const std::string& which,
                                    const std::string& actor);

}  // namespace sohoa
