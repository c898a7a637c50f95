#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "signing/keys/key.h"
#include "signing/verify/verify.h"

namespace sohoa {

/// Signs bytes stored apart from the signature: returns a detached CMS (RFC 5652, DER) with the
/// signed attributes of a CAdES baseline signature. `openssl cms -verify -binary -inform DER
/// -content FILE` verifies it. Throws BatchError(signingStopped
/// keyGone).
std::string signDetached(const SigningKey& key, std::string_view content);

/// Facts about a detached signature, each on its own.
struct DetachedReport {
  bool intact = false;                ///< value matches the signer's key and exactly these bytes
  bool trusted = false;               ///< path to a site anchor, every certificate valid at `at`
  std::string signer;                 ///< subject, RFC 2253
  std::vector<std::string> findings;  ///< English, tr() message ids
};
/// Bad input gives a report with `intact` false, never an exception. Does not check revocation.
DetachedReport verifyDetached(std::string_view cms, std::string_view content,
                              const TrustAnchors& anchors, Time at);

/// HMAC-SHA-256 (RFC 2104), in hexadecimal. Throws BatchError(signingStopped).
std::string hmacSha256(std::string_view key, std::string_view message);

}  // namespace sohoa
