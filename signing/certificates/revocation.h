#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "signing/base/openssl_handles.h"

namespace sohoa {

/// What revocation data says of one certificate.
struct RevocationStatus {
  enum class State {
    good,     ///< an authentic, fresh answer says: not revoked
    revoked,  ///< an authentic answer says so; compare `revokedAt` with the time that counts
    onHold,   ///< suspended; the newest answer counts (reason certificateHold)
    stale,    ///< authentic, but too old for the time asked about
    missing,  ///< nothing that could be relied on
  };
  State state = State::missing;
  std::optional<Time> revokedAt;
  std::string reason;                 ///< "keyCompromise" … of RFC 5280, 5.3.1; may be empty
  std::optional<Time> issuedAt;       ///< thisUpdate of what decided
  std::optional<Time> nextUpdate;     ///< of what decided
  std::string_view source;            ///< its DER, as it was added; empty when missing
  const X509* responder = nullptr;    ///< who signed it, when that is not the issuer
  std::vector<const char*> refusals;  ///< message ids: why data of this certificate was not used
};

/// When a certificate must have been good.
struct RevocationQuestion {
  Time at{};  ///< the time that counts: signing as proven, or validation
  /// The clock. Data from after `at` is welcome (archives collect it later), from after `now` not.
  Time now{};
  /// How long an answer without nextUpdate is fresh. Others are until nextUpdate.
  std::chrono::seconds maxAge = std::chrono::hours{24};
};

/// OCSP responses and CRLs from wherever they come; every one is checked before it is believed.
/// Deciding remembers nothing, so one store serves several threads once it is filled.
class RevocationStore {
 public:
  /// An OCSPResponse, or a bare BasicOCSPResponse as CAdES keeps it. False: neither.
  bool addOcsp(std::string_view der);
  bool addCrl(std::string_view der);
  /// A certificate that may have signed responses. Not owned; helps, and is never trusted.
  void addResponder(const X509* certificate) { responders_.push_back(certificate); }

  std::size_t responses() const { return ocsp_.size(); }
  std::size_t lists() const { return crls_.size(); }

  /// RFC 6960 and RFC 5280, 6.3. `issuer` has issued `certificate` (that is not checked here).
  /// Refused with a reason: signatures that do not fit, responders without authority, delta and
  /// indirect CRLs, lists of another scope, unknown critical extensions.
  RevocationStatus statusOf(const X509* certificate, const X509* issuer,
                            const RevocationQuestion& question) const;

 private:
  struct Answer;
  struct OcspEntry {
    std::string der;
    Handle<OCSP_BASICRESP, OCSP_BASICRESP_free> response;
  };
  struct CrlEntry {
    std::string der;
    Handle<X509_CRL, X509_CRL_free> list;
  };
  void ask(const OcspEntry& entry, const X509* certificate, const X509* issuer,
           const RevocationQuestion& question, std::vector<Answer>& answers,
           RevocationStatus& status) const;
  void ask(const CrlEntry& entry, const X509* certificate, const X509* issuer,
           const RevocationQuestion& question, std::vector<Answer>& answers,
           RevocationStatus& status) const;
  const X509* responderOf(const OcspEntry& entry, const X509* issuer,
                          const RevocationQuestion& question, const char*& refusal) const;

  std::deque<OcspEntry> ocsp_;
  std::deque<CrlEntry> crls_;
  std::vector<const X509*> responders_;
};

}  // namespace sohoa
