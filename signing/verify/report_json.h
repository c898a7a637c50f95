#pragma once

#include <string>

#include "signing/verify/verification_report.h"

namespace sohoa {

/// Machine form, see signing/README.md.
std::string toJson(const VerificationReport& report);

}  // namespace sohoa
