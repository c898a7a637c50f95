#include "signing/verify/certificate_validation.h"

#include <algorithm>

#include "core/texts/text.h"

namespace sohoa {
namespace {

using Policy = VerificationOptions::Revocation;
using Known = SignatureReport::Revocation;

/// Whether the certificate names an OCSP responder or a CRL.
bool offersRevocation(const X509* certificate) {
  auto* x = const_cast<X509*>(certificate);
  if (X509_get_ext_by_NID(x, NID_crl_distribution_points, -1) >= 0) return true;
  const Handle<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free> access(
      static_cast<AUTHORITY_INFO_ACCESS*>(X509_get_ext_d2i(x, NID_info_access, nullptr, nullptr)));
  for (int i = 0; access && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
    const ACCESS_DESCRIPTION* each = sk_ACCESS_DESCRIPTION_value(access.get(), i);
    if (OBJ_obj2nid(each->method) == NID_ad_OCSP) return true;
  }
  return false;
}

void decide(CertificateJudgement& out, Indication indication, const char* sub,
            const char* finding) {
  out.indication = indication;
  out.sub = sub;
  out.finding = finding;
}

}  // namespace

CertificateJudgement CertificateJudge::judge(const X509* leaf,
                                             const CertificateQuestion& question) const {
  CertificateJudgement out;
  std::vector<const X509*> helpers;
  for (const Certificate& each : material_.certificates()) helpers.push_back(each.get());
  TrustFacts trust = followTrust(leaf, helpers, anchors_, question.best, question.purpose);
  const auto undecided = [&](const char* sub, const char* finding) {
    decide(out, Indication::indeterminate, sub, finding);
    return out;
  };
  if (!trust.pathFound) {
    const bool missing = trust.subIndication == "NO_CERTIFICATE_CHAIN_FOUND";
    return undecided(missing ? "NO_CERTIFICATE_CHAIN_FOUND" : "CERTIFICATE_CHAIN_GENERAL_FAILURE",
                     trust.findings.front());
  }
  out.path = trust.path;
  out.trusted = trust.validAt(question.best);
  const auto unfit =
      question.purpose == TrustPurpose::timestamping ? unfitForTimestamps : unfitForDocuments;
  if (unfit(const_cast<X509*>(leaf)) != nullptr) {
    return undecided("CHAIN_CONSTRAINTS_FAILURE",
                     textId("The certificate may not be used for this kind of signature."));
  }
  const Time notAfter = timeOf(X509_get0_notAfter(leaf));
  if (question.madeAfter && notAfter < *question.madeAfter) {
    decide(out, Indication::totalFailed, "EXPIRED",
           textId("The signature was made after its certificate had expired."));
    return out;
  }
  if (question.proven && trust.tooEarly(question.best)) {
    decide(out, Indication::totalFailed, "NOT_YET_VALID",
           textId("The signature was made before its certificate became valid."));
    return out;
  }
  if (!out.trusted) {
    return undecided(
        "OUT_OF_BOUNDS_NO_POE",
        textId("A certificate is not valid at the time of validation, and no timestamp proves that "
               "the signature was made before."));
  }
  checkRevocation(question, out);
  if (*out.sub == '\0' && trust.weak) {
    return undecided("CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
                     textId("The signature relies on an algorithm or key that is too weak today."));
  }
  return out;
}

void CertificateJudge::checkRevocation(const CertificateQuestion& question,
                                       CertificateJudgement& out) const {
  bool allKnown = true, anyOffered = false;
  for (std::size_t i = 0; i + 1 < out.path.size(); ++i) {
    const X509 *certificate = out.path[i], *issuer = out.path[i + 1];
    const RevocationStatus status = material_.revocation().statusOf(
        certificate, issuer, {question.best, options_.now, options_.maxAge});
    const bool offered = offersRevocation(certificate);
    anyOffered = anyOffered || offered;
    using State = RevocationStatus::State;
    if (status.state == State::revoked && *status.revokedAt <= question.best) {
      out.revocation = Known::revoked;
      out.revokedAt = status.revokedAt;
      // 5.3.4: TOTAL-FAILED only with proof that the signature was made after the revocation.
      if (i == 0 && question.madeAfter && *status.revokedAt <= *question.madeAfter) {
        return decide(out, Indication::totalFailed, "REVOKED",
                      textId("The signature was made after its certificate had been revoked."));
      }
      return decide(
          out, Indication::indeterminate, i == 0 ? "REVOKED_NO_POE" : "REVOKED_CA_NO_POE",
          i == 0 ? textId("The certificate was revoked, and no timestamp proves that the signature "
                          "was made before.")
                 : textId("The certificate of an authority was revoked, and no timestamp proves "
                          "that the signature was made before."));
    }
    if (status.state == State::onHold) {
      return decide(out, Indication::indeterminate, "TRY_LATER",
                    textId("The certificate is suspended; ask again later."));
    }
    if (status.state == State::revoked) {
      out.notes.push_back(textId("The certificate was revoked after the signature was made."));
      out.revokedAt = status.revokedAt;
    }
    const bool known = status.state == State::good || status.state == State::revoked;
    if (known) {
      out.evidence.push_back(status.source);
      // 5.6.2.1: data of an issuer that has expired since counts only if it is proven to be older.
      const auto section = material_.sectionOf(status.source);
      const Time proven = section ? proof_(*section) : options_.now;
      const bool anchor = i + 2 == out.path.size();
      if (!anchor && timeOf(X509_get0_notAfter(issuer)) < proven) {
        return decide(out, Indication::indeterminate, "REVOCATION_OUT_OF_BOUNDS_NO_POE",
                      textId("The authority that issued the revocation data has expired, and no "
                             "timestamp proves that the data is older."));
      }
      continue;
    }
    allKnown = false;
    out.wanted.emplace_back(certificate, issuer);
    out.notes.insert(out.notes.end(), status.refusals.begin(), status.refusals.end());
    const bool needed = options_.revocation == Policy::required ||
                        (options_.revocation == Policy::offered && offered);
    if (!needed) continue;
    // Lists the rest of the path as well, so that one round of requests suffices.
    for (std::size_t k = i + 1; k + 1 < out.path.size(); ++k) {
      const auto further = material_.revocation().statusOf(
          out.path[k], out.path[k + 1], {question.best, options_.now, options_.maxAge});
      if (further.state == State::missing || further.state == State::stale) {
        out.wanted.emplace_back(out.path[k], out.path[k + 1]);
      }
    }
    return decide(
        out, Indication::indeterminate, "TRY_LATER",
        status.state == State::stale
            ? textId("What is known about revocation is too old; newer data must be fetched.")
            : textId("Whether the certificate was revoked is not known: the data is missing."));
  }
  if (allKnown) {
    out.revocation = Known::good;
  } else {
    out.revocation = anyOffered ? Known::unknown : Known::notOffered;
    out.notes.push_back(
        anyOffered
            ? textId("Whether the certificate was revoked was not checked.")
            : textId("Its issuer offers no revocation data, so revocation could not be checked."));
  }
}

}  // namespace sohoa
