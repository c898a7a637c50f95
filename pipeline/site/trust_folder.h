#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/site/site.h"

namespace sohoa {

/// A trust anchor of the site as it lies in its folder.
struct TrustEntry {
  std::filesystem::path file;                  ///< below the folder
  std::string purpose;                         ///< "signing", "timestamping" or "both"
  std::string subject, fingerprint, notAfter;  ///< SHA-256 in hexadecimal; ISO day
};

/// All anchors, in the order of their files. Throws BatchError(siteConfig) for an unreadable one.
std::vector<TrustEntry> listTrust(const Site& site);
/// Puts every certificate of a PEM or DER file into the folder, one file each, and says so in the
/// ledger. Gives what was added; what is there already is not added again. `actor`: who did it.
std::vector<TrustEntry> addTrust(const Site& site, const std::filesystem::path& file,
                                 const std::string& purpose, const std::string& actor);
/// Takes anchors away by fingerprint (or its beginning, eight digits or more) or file name. Gives
/// what was removed.
std::vector<TrustEntry> removeTrust(const Site& site, const std::string& which,
                                    const std::string& actor);

}  // namespace sohoa
