#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "signing/certificates/trust_anchors.h"
#include "signing/verify/verification_report.h"

namespace sohoa {

/// Verifies every signature of a PDF. Bad input is a verdict, never an exception or a crash.
/// Parses foreign bytes: for files that are not ours call it in a process without keys.
VerificationReport verifyPdf(const std::filesystem::path& file, const TrustAnchors& anchors,
                             const VerificationOptions& options);
/// The same of bytes in memory.
VerificationReport verifyBytes(std::string_view bytes, const TrustAnchors& anchors,
                               const VerificationOptions& options);
/// At `at`, with the defaults.
VerificationReport verifyPdf(const std::filesystem::path& file, const TrustAnchors& anchors,
                             Time at);

}  // namespace sohoa
