#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "signing/key.h"

namespace sohoa {

/// Visible text of NĐ 30/2020 Annex I, case D (agency, digitised copy): top right of page 1, no
/// image, Times-metric upright 10 pt black: form of copy, agency, time +07:00.
struct Appearance {
  std::vector<std::string> lines;  ///< UTF-8; empty: invisible signature
  /// TrueType file; empty: Liberation Serif 2, the Times-metric font of Debian that has every
  /// Vietnamese letter (version 1 has not).
  std::string font;
};

struct SignatureRequest {
  std::string fieldName = "Signature1";  ///< made unique when taken
  std::string reason;
  Time at{};  ///< claimed time: /M, and the visible time
  Appearance appearance;
};

/// Signs `in` (any unencrypted PDF whose permissions allow it) as PAdES B-B (ETSI EN 319 142-1) by
/// an incremental update, and writes `out` durably. The bytes of `in` stay its beginning.
/// Causes: pdfEncrypted, pdfDamaged, documentNotSigned. Throws BatchError(signingStopped) when the
/// key does not work.
Result<void> signPdf(const std::filesystem::path& in, const std::filesystem::path& out,
                     const SigningKey& key, const SignatureRequest& request);

}  // namespace sohoa
