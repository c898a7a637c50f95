#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "signing/online/http_client.h"

struct x509_st;

namespace sohoa {

struct RevocationOptions {
  std::filesystem::path cache;  ///< folder of answers kept between runs; empty: memory only
  /// How long a cached response is used; never beyond its nextUpdate. The default covers one night.
  std::chrono::seconds keep = std::chrono::hours{12};
  /// Asked about certificates that name no OCSP responder or CRL of their own; empty: none.
  std::string ocspUrl, crlUrl;
  HttpLimits limits{std::chrono::milliseconds{5000}, std::chrono::milliseconds{20000},
                    std::size_t{32} << 20, 3};
  std::chrono::seconds rest{60};  ///< pause for a URL after a failed request
};

/// Fetches revocation data, OCSP first, then CRLs, and caches it: one request per certificate and
/// night. Thread-safe.
class RevocationClient {
 public:
  explicit RevocationClient(RevocationOptions options);

  struct Answer {
    bool isCrl = false;
    std::string der;  ///< OCSPResponse or CertificateList
    bool revoked = false;
    std::string reason;
    Time revokedAt{};
  };
  /// Returns an authentic and fresh response about `certificate`, which `issuer` must have issued.
  /// Cause revocationUnavailable when no server gave one; the detail lists the reason for each
  /// server.
  Result<Answer> fetch(const x509_st* certificate, const x509_st* issuer, Time now);
  int requests() const { return requests_; }  ///< sent to servers so far

 private:
  struct Kept {
    Answer answer;
    Time fetchedAt{}, until{};
  };
  Result<Answer> ask(const x509_st* certificate, const x509_st* issuer, Time now);
  bool judge(const x509_st* certificate, const x509_st* issuer, Time now, Answer& answer,
             Time& until, std::string& why) const;
  Result<HttpReply> send(const HttpRequest& request);
  void keep(const std::string& key, const Answer& answer, Time now, Time until);
  bool recall(const std::string& key, const x509_st* certificate, const x509_st* issuer, Time now,
              Answer& answer);

  RevocationOptions options_;
  std::mutex mutex_;
  HttpClient http_;
  std::map<std::string, Kept> kept_;
  std::map<std::string, std::chrono::steady_clock::time_point> restsUntil_;
  int requests_ = 0;
};

/// Fetches OCSP responses and CRLs (DER) for `certificates`, pairs of certificate and issuer in
/// DER. Leaves out pairs that cannot be read and those without a response; asks about at most 100.
std::vector<std::string> fetchAnswers(
    RevocationClient& client, const std::vector<std::pair<std::string, std::string>>& certificates,
    Time now);

}  // namespace sohoa
