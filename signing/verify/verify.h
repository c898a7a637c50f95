#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "signing/certificates/trust_anchors.h"
#include "signing/verify/verification_report.h"

namespace sohoa {

/// Verifies every signature of a PDF. Bad input gives a verdict, never an exception or a crash.
/// Parses untrusted bytes: call it in a process without keys unless the file is our own.
VerificationReport verifyPdf(const std::filesystem::path& file, const TrustAnchors& anchors,
                             const VerificationOptions& options);
/// The same for bytes in memory.
VerificationReport verifyBytes(std::string_view bytes, const TrustAnchors& anchors,
                               const VerificationOptions& options);
/// The same with the default options and `at` as both validation time and clock.
VerificationReport verifyPdf(const std::filesystem::path& file, const TrustAnchors& anchors,
                             Time at);

}  // namespace sohoa
