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

/// TSTInfo (RFC 3161, 2.4.2). What a TSA says; true only as far as its signature is.
struct TstInfo {
  std::string policy;                ///< dotted
  std::string imprintAlgorithm;      ///< dotted
  std::string imprint;               ///< octets
  std::string serial;                ///< hexadecimal, as the integer's octets
  Time genTime{};                    ///< fractions of a second are cut off
  std::optional<std::string> nonce;  ///< the integer's octets
};

/// Reads one DER TSTInfo of version 1 that fills the bytes. Throws Asn1Error.
TstInfo parseTstInfo(std::string_view der);

/// GeneralizedTime as DER and RFC 3161 want it: "20210910073020Z", perhaps with fractions of a
/// second. Nothing for any other form or a day that does not exist.
std::optional<Time> parseGeneralizedTime(std::string_view text);

struct TimestampToken {
  std::unique_ptr<const std::string> der;  ///< the token; views of `cms` point into it
  TstInfo info;
  Cms cms;         ///< its certificates are here
  CmsFacts facts;  ///< `digestMatches` includes the imprint; `signer` is the TSA's certificate
  bool imprintMatches = false;
};

/// Takes a token (a ContentInfo, perhaps followed by the zeros of /Contents) apart and checks its
/// imprint and its signature. `digestOfData` hashes what the token stands for; `extra` are
/// certificates found elsewhere, which must outlive the result. Trust in the TSA, and what its
/// certificate may be used for, are the caller's to judge. Throws Asn1Error.
TimestampToken readTimestampToken(std::string_view token,
                                  const std::function<std::string(const EVP_MD*)>& digestOfData,
                                  const std::vector<Certificate>& extra = {});

}  // namespace sohoa
