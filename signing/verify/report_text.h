#pragma once

#include <string>

#include "core/texts/text.h"
#include "signing/verify/verification_report.h"

namespace sohoa {

/// The report as text for people: the verdict sentence (hợp lệ / không hợp lệ / chưa xác định
/// được), then the facts.
std::string describe(const VerificationReport& report, Language language);

}  // namespace sohoa
