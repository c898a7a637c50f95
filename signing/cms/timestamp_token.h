#pragma once

// A timestamp token as RFC 3161 writes it.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "signing/cms/cms.h"
#include "signing/cms/cms_check.h"

namespace sohoa {

/// TSTInfo (RFC 3161, 2.4.2). The TSA's statement; only as reliable as its signature.
struct TstInfo {
  std::string policy;                ///< dotted
  std::string imprintAlgorithm;      ///< dotted
  std::string imprint;               ///< octets
  std::string serial;                ///< content octets of the INTEGER in hexadecimal
  Time genTime{};                    ///< fractions of a second are cut off
  std::optional<std::string> nonce;  ///< content octets of the INTEGER
};

/// Parses one TSTInfo of version 1 that must fill the bytes. Throws Asn1Error.
TstInfo parseTstInfo(std::string_view der);

/// Parses a GeneralizedTime in the form of DER and RFC 3161: "20210910073020Z", optionally with
/// fractions of a second. nullopt for any other form or a day that does not exist.
std::optional<Time> parseGeneralizedTime(std::string_view text);

struct TimestampToken {
  std::unique_ptr<const std::string> der;  ///< the token; views of `cms` point into it
  TstInfo info;
  Cms cms;         ///< owns the token's certificates
  CmsFacts facts;  ///< `digestMatches` includes the imprint; `signer` is the TSA
  bool imprintMatches = false;
};

/// Parses a token (a ContentInfo, possibly followed by the zeros of /Contents) and checks its
/// imprint and signature. `digestOfData` hashes the timestamped data; `extra` are certificates
/// found elsewhere, which must outlive the result. The caller checks the path of the TSA
/// certificate and its key usage. Throws Asn1Error.
TimestampToken readTimestampToken(std::string_view token,
                                  const std::function<std::string(const EVP_MD*)>& digestOfData,
                                  const std::vector<Certificate>& extra = {});

}  // namespace sohoa
