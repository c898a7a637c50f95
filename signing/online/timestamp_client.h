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

/// A timestamp authority on the network (RFC 3161, 3.4).
struct TimestampAuthority {
  std::string url;
  std::string policy;              ///< dotted OID to ask for; empty: the authority's own
  std::string userName, password;  ///< HTTP authentication; empty: none
};

struct TimestampOptions {
  std::vector<TimestampAuthority> authorities;  ///< asked in this order
  HttpLimits limits;
  /// How long an authority that did not answer is left alone.
  std::chrono::seconds rest{60};
};

/// Asks authorities for timestamp tokens. A token is taken only when it is what was asked for:
/// status, imprint, nonce, policy, a signature whose certificate it names, a certificate for
/// timestamps alone that leads to an anchor of the site. One thread at a time.
class TimestampClient {
 public:
  /// `anchors` must outlive the client.
  TimestampClient(TimestampOptions options, const TrustAnchors& anchors);
  ~TimestampClient();

  /// The token (a ContentInfo, DER) over a digest of that kind. Cause timestampUnavailable when no
  /// authority gave one; the detail says for each why.
  Result<std::string> stamp(SignatureDigest kind, const std::string& digest);
  /// How many bytes a token will probably need: from what came before.
  std::size_t expectedBytes() const { return expectedBytes_; }

 private:
  struct Question {
    SignatureDigest kind;
    const std::string& digest;
    std::string nonce;  ///< octets of the integer
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
