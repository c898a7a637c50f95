#pragma once

#include <string>

#include "signing/verify/verification_report.h"

namespace sohoa {

/// The report as one JSON object; format in signing/README.md, "JSON".
std::string toJson(const VerificationReport& report);

}  // namespace sohoa
