#pragma once

#include <filesystem>
#include <string>

#include "core/clock.h"

namespace sohoa {

/// Makes a demonstration PKI with fresh RSA-2048 keys: root, agency CA, agency signing certificate,
/// TSA and OCSP responder; every subject contains DEMO. Writes into `keys`: agency.p12, tsa.p12,
/// ocsp.p12 and their password in agency.password (all mode 0600), and agency-ca.pem. Writes the
/// root certificate into `trust`. Throws BatchError(keyMissing
/// diskError).
void makeDemoPki(const std::filesystem::path& keys, const std::filesystem::path& trust,
                 const std::string& agencyName, Time now);

}  // namespace sohoa
