#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "signing/appearance/appearance.h"
#include "signing/base/signature_level.h"
#include "signing/keys/key.h"

namespace sohoa {

class RevocationClient;
class TimestampClient;
class TrustAnchors;

struct SignatureRequest {
  /// An empty signature field of this name is filled; else a field is made, its name made unique.
  std::string fieldName = "Signature1";
  std::string reason, location;
  Time at{};  ///< claimed time: /M, and the visible time
  Appearance appearance;
  SignatureLevel level = SignatureLevel::bB;
  SignatureAlgorithm algorithm;
  /// The output is on disk when signing returns. False for a file that is copied durably anyway.
  bool sync = true;
};

/// Who is asked on the way to levels above B-B: B-T needs timestamps, B-LT all three.
struct SigningServices {
  TimestampClient* timestamps = nullptr;
  RevocationClient* revocation = nullptr;
  const TrustAnchors* anchors = nullptr;
};

/// Signs `in` (any unencrypted PDF whose permissions allow it) as PAdES baseline signature (ETSI EN
/// 319 142-1) of the level asked for, by incremental updates, and writes `out`. The bytes of `in`
/// stay its beginning. Nothing is written at a lower level than asked for.
/// Causes: pdfEncrypted, pdfDamaged, documentNotSigned, fileUnreadable; timestampUnavailable,
/// revocationUnavailable, pathMissing, certificateRevoked. Throws BatchError(signingStopped |
/// keyGone) when the key does not work.
Result<void> signPdf(const std::filesystem::path& in, const std::filesystem::path& out,
                     const SigningKey& key, const SignatureRequest& request,
                     const SigningServices& services = {});

struct ExtensionRequest {
  SignatureLevel level = SignatureLevel::bLTA;
  Time at{};                                         ///< now
  SignatureDigest digest = SignatureDigest::sha256;  ///< of the new timestamps
  bool sync = true;
};

/// Raises every signature of `in` to the level (B-T, B-LT or B-LTA), or renews the archive
/// timestamp of a document that has one: validation data for all signatures and timestamps inside,
/// then a new document timestamp. The file is judged first: what is broken gets no timestamp.
/// Earlier bytes stay. Causes as of signPdf, and signatureNotVerified.
Result<void> extendPdf(const std::filesystem::path& in, const std::filesystem::path& out,
                       const ExtensionRequest& request, const SigningServices& services);

}  // namespace sohoa
