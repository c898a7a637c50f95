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
  /// Fills the empty signature field of this name; without one, adds a field and changes the name
  /// if it is taken.
  std::string fieldName = "Signature1";
  std::string reason, location;
  Time at{};  ///< claimed signing time: written to /M
  Appearance appearance;
  SignatureLevel level = SignatureLevel::bB;
  SignatureAlgorithm algorithm;
  /// True: the output is on disk when signing returns. False for a file that the caller copies
  /// durably anyway.
  bool sync = true;
};

/// Services for the levels above B-B: B-T needs `timestamps`, B-LT and B-LTA need all three. Not
/// owned.
struct SigningServices {
  TimestampClient* timestamps = nullptr;
  RevocationClient* revocation = nullptr;
  const TrustAnchors* anchors = nullptr;
};

/// Signs `in` (any unencrypted PDF whose permissions allow it) with a PAdES baseline signature
/// (ETSI EN 319 142-1) of the requested level, by incremental updates, and writes `out`. The bytes
/// of `in` are the beginning of `out`. If the level cannot be reached, nothing is written. Causes:
/// pdfEncrypted, pdfDamaged, documentNotSigned, fileUnreadable; timestampUnavailable,
/// revocationUnavailable, pathMissing, certificateRevoked. Throws BatchError(signingStopped
/// keyGone) when the key does not work.
Result<void> signPdf(const std::filesystem::path& in, const std::filesystem::path& out,
                     const SigningKey& key, const SignatureRequest& request,
                     const SigningServices& services = {});

struct ExtensionRequest {
  SignatureLevel level = SignatureLevel::bLTA;
  Time at{};                                         ///< current time
  SignatureDigest digest = SignatureDigest::sha256;  ///< for the new timestamps
  bool sync = true;
};

/// Raises every signature of `in` to the level (B-T, B-LT or B-LTA), or renews the archive
/// timestamp of a document that has one: adds validation data for all signatures and timestamps
/// inside, then a new document timestamp. Verifies the file first: a broken signature gets no
/// timestamp. The bytes of `in` are the beginning of `out`. Causes as for signPdf, and
/// signatureNotVerified.
Result<void> extendPdf(const std::filesystem::path& in, const std::filesystem::path& out,
                       const ExtensionRequest& request, const SigningServices& services);

}  // namespace sohoa
