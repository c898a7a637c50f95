#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "signing/base/signature_level.h"
#include "signing/certificates/trust_anchors.h"
#include "signing/online/http_client.h"

namespace sohoa {

/// A timestamp authority reached over HTTP (RFC 3161, 3.4).
struct TimestampAuthority {
  std::string url;
  std::string policy;              ///< dotted OID to request; empty: the authority's default
  std::string userName, password;  ///< HTTP Basic; empty user name: none
};

struct TimestampOptions {
  std::vector<TimestampAuthority> authorities;  ///< tried in this order
  HttpLimits limits;
  /// How long an authority that did not answer is left alone.
  std::chrono::seconds rest{60};
};

/// Requests timestamp tokens (RFC 3161). Accepts a token only if status, imprint, nonce and policy
/// match the request, the signature is correct and its signing-certificate attribute names the
/// certificate used, and that certificate is for timestamping only and leads to an anchor of the
/// site. Not thread-safe: one thread at a time.
class TimestampClient {
 public:
  /// `anchors` must outlive the client.
  TimestampClient(TimestampOptions options, const TrustAnchors& anchors);
  ~TimestampClient();

  /// Returns a token (ContentInfo, DER) over `digest`, a digest of algorithm `kind`. Cause
  /// timestampUnavailable when no authority gave one; the detail lists the reason for each.
  Result<std::string> stamp(SignatureDigest kind, const std::string& digest);
  /// Expected size of the next token in bytes, from the last one received.
  std::size_t expectedBytes() const { return expectedBytes_; }

 private:
  struct Question {
    SignatureDigest kind;
    const std::string& digest;
    std::string nonce;  ///< content octets of the INTEGER
  };
  Result<std::string> ask(const TimestampAuthority& authority, const Question& question);
  std::string judge(std::string_view reply, const TimestampAuthority& authority,
                    const Question& question, std::string& token) const;

  TimestampOptions options_;
  const TrustAnchors& anchors_;
  HttpClient http_;
  std::vector<std::chrono::steady_clock::time_point> restsUntil_;
  std::size_t expectedBytes_;
};

}  // namespace sohoa
