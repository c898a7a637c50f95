#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "signing/keys/key.h"
#include "signing/verify/verify.h"

namespace sohoa {

/// Signs bytes that lie beside the signature: a detached CMS (RFC 5652, DER) with the attributes of
/// a CAdES baseline signature. `openssl cms -verify -binary -inform DER -content FILE` checks it.
/// Throws BatchError(signingStopped).
std::string signDetached(const SigningKey& key, std::string_view content);

/// Separate facts about a detached signature.
struct DetachedReport {
  bool intact = false;   ///< made with the signer's key over exactly these bytes
  bool trusted = false;  ///< the signer leads to an anchor of the site, all valid at `at`
  std::string signer;    ///< subject, RFC 2253
  std::vector<std::string> findings;  ///< English, as tr() message ids
};
/// Bad input is a report that is not intact. No revocation is looked up.
DetachedReport verifyDetached(std::string_view cms, std::string_view content,
                              const TrustAnchors& anchors, Time at);

/// HMAC-SHA-256 (RFC 2104) in hexadecimal.
std::string hmacSha256(std::string_view key, std::string_view message);

}  // namespace sohoa
