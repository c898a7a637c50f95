#pragma once

#include <optional>
#include <string_view>

namespace sohoa {

/// The levels of PAdES baseline signatures (ETSI EN 319 142-1, 6), from weak to strong.
enum class SignatureLevel {
  bB,    ///< a signature
  bT,    ///< … with proof of the time it existed
  bLT,   ///< … with certificates and revocation data inside the document
  bLTA,  ///< … all of it under an archive timestamp
};

std::string_view nameOf(SignatureLevel level);  ///< "PAdES B-LTA"
/// Accepts "B-LTA" and "PAdES B-LTA", capital or small.
std::optional<SignatureLevel> levelFromName(std::string_view name);

enum class SignatureDigest { sha256, sha384, sha512 };
std::optional<SignatureDigest> digestFromName(std::string_view name);  ///< "SHA-256", "sha256"

/// How a key signs. RSA: PKCS#1 v1.5, or PSS with the same digest, MGF1 and a salt of its length.
struct SignatureAlgorithm {
  SignatureDigest digest = SignatureDigest::sha256;
  bool pss = false;  ///< for RSA keys
};

}  // namespace sohoa
