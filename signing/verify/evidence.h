#pragma once

#include <filesystem>

#include "signing/verify/verify.h"

namespace sohoa {

/// Writes what the verdict rests on into `folder`, so that other tools can check it again: the
/// verdict (JSON and text), and for each signature a folder with the signed revision, the signed
/// bytes, the CMS, certificates, revocation data, timestamps and a script of openssl commands.
/// Throws std::filesystem::filesystem_error.
void writeEvidence(const VerificationReport& report, const std::filesystem::path& file,
                   const std::filesystem::path& folder);

}  // namespace sohoa
