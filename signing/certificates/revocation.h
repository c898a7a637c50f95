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

/// Status of one certificate, by the revocation data.
struct RevocationStatus {
  enum class State {
    good,     ///< an authentic, fresh response says: not revoked
    revoked,  ///< an authentic response says so; compare `revokedAt` with the time that counts
    onHold,   ///< suspended (certificateHold) by the newest response
    stale,    ///< authentic, but too old for the time asked about
    missing,  ///< no reliable data
  };
  State state = State::missing;
  std::optional<Time> revokedAt;
  std::string reason;                 ///< "keyCompromise" … of RFC 5280, 5.3.1; may be empty
  std::optional<Time> issuedAt;       ///< thisUpdate of the deciding response
  std::optional<Time> nextUpdate;     ///< nextUpdate of the deciding response
  std::string_view source;            ///< its DER as added, owned by the store; empty: missing
  const X509* responder = nullptr;    ///< OCSP signer, when not the issuer itself
  std::vector<const char*> refusals;  ///< message ids: why data was not used
};

/// The time at which a certificate must have been good.
struct RevocationQuestion {
  Time at{};  ///< the time that counts: proven signing time or validation time
  /// The clock. Data issued after `at` counts (archives collect it later); after `now`, it does
  /// not.
  Time now{};
  /// How long a response without nextUpdate is fresh. Others are fresh until nextUpdate.
  std::chrono::seconds maxAge = std::chrono::hours{24};
};

/// Holds OCSP responses and CRLs from any source; each is checked before it counts. statusOf()
/// changes nothing, so once filled, one store serves several threads.
class RevocationStore {
 public:
  /// Adds an OCSPResponse, or a bare BasicOCSPResponse as CAdES stores it. Both return false when
  /// the bytes hold no such data or the store is full (1000 of a kind).
  bool addOcsp(std::string_view der);
  bool addCrl(std::string_view der);
  /// Adds a certificate that may have signed responses. Not owned, and never trusted.
  void addResponder(const X509* certificate) { responders_.push_back(certificate); }

  std::size_t responses() const { return ocsp_.size(); }
  std::size_t lists() const { return crls_.size(); }

  /// Status by RFC 6960 and RFC 5280, 6.3. The caller must know that `issuer` issued `certificate`;
  /// this is not checked. Data is refused with a reason in `refusals`: incorrect signatures,
  /// responders without authority, delta and indirect CRLs, CRLs of another scope, unknown critical
  /// extensions.
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
