#pragma once

#include <optional>
#include <string_view>

namespace sohoa {

/// Levels of PAdES baseline signatures (ETSI EN 319 142-1, 6), weakest first.
enum class SignatureLevel {
  bB,    ///< the signature alone
  bT,    ///< plus a timestamp that proves when it existed
  bLT,   ///< plus certificates and revocation data inside the document
  bLTA,  ///< plus an archive timestamp over all of it
};

std::string_view nameOf(SignatureLevel level);  ///< "PAdES B-LTA"
/// Accepts "B-LTA" and "PAdES B-LTA", in capital or small letters.
std::optional<SignatureLevel> levelFromName(std::string_view name);

enum class SignatureDigest { sha256, sha384, sha512 };
std::optional<SignatureDigest> digestFromName(std::string_view name);  ///< "SHA-256", "sha256"

/// Algorithm for signing with a key. RSA: PKCS#1 v1.5, or PSS with the same digest for MGF1 and a
/// salt as long as the digest.
struct SignatureAlgorithm {
  SignatureDigest digest = SignatureDigest::sha256;
  bool pss = false;  ///< RSA keys only
};

}  // namespace sohoa
