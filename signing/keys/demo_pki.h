#pragma once

#include <filesystem>
#include <string>

#include "core/clock.h"

namespace sohoa {

/// Makes a demonstration PKI, every subject marked DEMO, with fresh keys: root, agency CA, agency
/// signing certificate, TSA and OCSP responder. Writes into `keys`: agency.p12 + agency.password
/// (mode 0600), tsa.p12, ocsp.p12 (same password file), agency-ca.pem; and the root into `trust`.
void makeDemoPki(const std::filesystem::path& keys, const std::filesystem::path& trust,
                 const std::string& agencyName, Time now);

}  // namespace sohoa
