#pragma once

#include <string>

#include "signing/verify/verification_report.h"

namespace sohoa {

/// The report in the words of ETSI TS 119 102-2 V1.4.1 (namespace 19102/v1.4.1): one
/// SignatureValidationReport per signature, or one of NO_SIGNATURE_FOUND. `name`: of the file.
std::string toEtsiXml(const VerificationReport& report, const std::string& name);

}  // namespace sohoa
