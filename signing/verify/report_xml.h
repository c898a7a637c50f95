#pragma once

#include <string>

#include "signing/verify/verification_report.h"

namespace sohoa {

/// The report as ETSI TS 119 102-2 V1.4.1 XML (namespace 19102/v1.4.1): one
/// SignatureValidationReport per signature, or a single one with SIGNED_DATA_NOT_FOUND when the
/// file has no signature. `name`: name of the file.
std::string toEtsiXml(const VerificationReport& report, const std::string& name);

}  // namespace sohoa
