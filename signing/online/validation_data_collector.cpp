#include "signing/online/validation_data_collector.h"

#include <openssl/ocsp.h>

#include <algorithm>

namespace sohoa {
namespace {

constexpr int kMaxResponderDepth = 3;
using OcspResponse = Handle<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using BasicResponse = Handle<OCSP_BASICRESP, OCSP_BASICRESP_free>;

void addOnce(std::vector<std::string>& list, const std::string& der) {
  if (std::find(list.begin(), list.end(), der) == list.end()) list.push_back(der);
}

/// The certificates inside an OCSP response, the responder's among them.
std::vector<Certificate> respondersOf(const std::string& der) {
  std::vector<Certificate> certificates;
  const unsigned char* at = bytesOf(der);
  const OcspResponse response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
  const BasicResponse basic(response ? OCSP_response_get1_basic(response.get()) : nullptr);
  const STACK_OF(X509)* inside = basic ? OCSP_resp_get0_certs(basic.get()) : nullptr;
  for (int i = 0; i < sk_X509_num(inside); ++i) {
    X509* certificate = sk_X509_value(inside, i);
    X509_up_ref(certificate);
    certificates.emplace_back(certificate);
  }
  drainOpensslErrors();
  return certificates;
}

class Collector {
 public:
  Collector(const TrustAnchors::Store& anchors, RevocationClient& revocation, Time now,
            TrustPurpose purpose)
      : anchors_(anchors), revocation_(revocation), now_(now), purpose_(purpose) {}

  Result<void> follow(const X509* leaf, const std::vector<const X509*>& extra, int depth) {
    const TrustFacts trust = followTrust(leaf, extra, anchors_, now_, purpose_);
    const std::vector<const X509*>& path = trust.path;
    if (!trust.pathFound || path.empty()) {
      return ItemError{Stage::signing, Cause::pathMissing, infoOf(leaf).subject, ""};
    }
    for (const X509* certificate : path) addOnce(data_.certificates, derOf(certificate));
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
      const auto done = ask(path[i], path[i + 1], extra, depth);
      if (!done) return done;
    }
    return {};
  }
  ValidationData take() { return std::move(data_); }

 private:
  Result<void> ask(const X509* certificate, const X509* issuer,
                   const std::vector<const X509*>& extra, int depth) {
    const auto answer = revocation_.fetch(certificate, issuer, now_);
    if (!answer) return answer.error();
    if (answer->revoked) {
      return ItemError{Stage::signing, Cause::certificateRevoked, infoOf(certificate).subject,
                       isoVietnam(answer->revokedAt) + " " + answer->reason};
    }
    addOnce(answer->isCrl ? data_.crls : data_.ocspResponses, answer->der);
    if (answer->isCrl || depth >= kMaxResponderDepth) return {};
    for (const Certificate& responder : respondersOf(answer->der)) {
      if (X509_cmp(responder.get(), issuer) == 0) continue;
      addOnce(data_.certificates, derOf(responder.get()));
      // RFC 6960, 4.2.2.2.1: the status of a certificate with this extension need not be checked.
      if (X509_get_ext_by_NID(responder.get(), NID_id_pkix_OCSP_noCheck, -1) >= 0) continue;
      std::vector<const X509*> helpers = extra;
      helpers.push_back(issuer);
      const auto done = follow(responder.get(), helpers, depth + 1);
      if (!done) return done;
    }
    return {};
  }

  const TrustAnchors::Store& anchors_;
  RevocationClient& revocation_;
  Time now_;
  TrustPurpose purpose_;
  ValidationData data_;
};

}  // namespace

void ValidationData::add(const ValidationData& other) {
  for (const auto& der : other.certificates) addOnce(certificates, der);
  for (const auto& der : other.ocspResponses) addOnce(ocspResponses, der);
  for (const auto& der : other.crls) addOnce(crls, der);
}

Result<ValidationData> collectValidationData(const X509* signer,
                                             const std::vector<const X509*>& extra,
                                             const TrustAnchors::Store& anchors,
                                             RevocationClient& revocation, Time now,
                                             TrustPurpose purpose) {
  Collector collector(anchors, revocation, now, purpose);
  const auto done = collector.follow(signer, extra, 0);
  if (!done) return done.error();
  return collector.take();
}

}  // namespace sohoa
