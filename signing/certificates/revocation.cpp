#include "signing/certificates/revocation.h"

#include <openssl/err.h>

#include <algorithm>
#include <functional>
#include <map>

#include "core/texts/text.h"
#include "signing/certificates/crl_scope.h"
#include "signing/cms/signature_scheme.h"

namespace sohoa {
namespace {

using State = RevocationStatus::State;

/// Accepted difference between the clocks of authorities and ours.
constexpr std::chrono::minutes kSkew{5};
constexpr std::size_t kMaxEntries = 1000;

const char* reasonName(long code) {
  static constexpr const char* kNames[] = {
      "unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
      "superseded",    "cessationOfOperation", "certificateHold", "",
      "removeFromCRL", "privilegeWithdrawn",   "aACompromise"};
  return code >= 0 && code < static_cast<long>(std::size(kNames)) ? kNames[code] : "";
}
constexpr long kHold = 6;

bool issuedBy(const X509* certificate, const X509* issuer) {
  return X509_NAME_cmp(X509_get_issuer_name(certificate), X509_get_subject_name(issuer)) == 0 &&
         X509_verify(const_cast<X509*>(certificate), X509_get0_pubkey(issuer)) == 1;
}

bool hasExtendedUsage(X509* certificate, int nid) {
  const Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> usage(static_cast<EXTENDED_KEY_USAGE*>(
      X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
  for (int i = 0; usage && i < sk_ASN1_OBJECT_num(usage.get()); ++i) {
    if (OBJ_obj2nid(sk_ASN1_OBJECT_value(usage.get(), i)) == nid) return true;
  }
  return false;
}

bool hasUnknownCritical(const OCSP_BASICRESP* response) {
  auto* r = const_cast<OCSP_BASICRESP*>(response);
  return OCSP_BASICRESP_get_ext_by_critical(r, 1, -1) >= 0;
}

/// Whether `signer` signed `data`, determined by `check`. Cached for all files, because the answer
/// never changes.
bool rememberedSignature(std::string_view data, const X509* signer,
                         const std::function<bool()>& check) {
  constexpr std::size_t kMost = 2000;
  thread_local std::map<std::string, bool> known;
  const std::string key = digestOf(EVP_sha256(), data) + digestOf(EVP_sha256(), derOf(signer));
  if (const auto found = known.find(key); found != known.end()) return found->second;
  if (known.size() >= kMost) known.clear();
  return known[key] = check();
}

}  // namespace

struct RevocationStore::Answer {
  State state = State::missing;
  Time issuedAt{};
  std::optional<Time> nextUpdate, revokedAt;
  long reason = -1;
  const X509* responder = nullptr;
  std::string_view source;
};

bool RevocationStore::addOcsp(std::string_view der) {
  if (ocsp_.size() >= kMaxEntries) return false;
  OcspEntry entry;
  entry.der = der;
  const unsigned char* at = bytesOf(entry.der);
  const Handle<OCSP_RESPONSE, OCSP_RESPONSE_free> response(
      d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
  if (response && at == bytesOf(entry.der) + der.size()) {
    if (OCSP_response_status(response.get()) == OCSP_RESPONSE_STATUS_SUCCESSFUL) {
      entry.response.reset(OCSP_response_get1_basic(response.get()));
    }
  } else {
    at = bytesOf(entry.der);
    entry.response.reset(d2i_OCSP_BASICRESP(nullptr, &at, static_cast<long>(der.size())));
    if (at != bytesOf(entry.der) + der.size()) entry.response.reset();
  }
  ERR_clear_error();
  if (!entry.response) return false;
  for (const OcspEntry& known : ocsp_) {
    if (known.der == entry.der) return true;
  }
  ocsp_.push_back(std::move(entry));
  return true;
}

bool RevocationStore::addCrl(std::string_view der) {
  if (crls_.size() >= kMaxEntries) return false;
  CrlEntry entry;
  entry.der = der;
  const unsigned char* at = bytesOf(entry.der);
  entry.list.reset(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!entry.list || at != bytesOf(entry.der) + der.size()) return false;
  for (const CrlEntry& known : crls_) {
    if (known.der == entry.der) return true;
  }
  crls_.push_back(std::move(entry));
  return true;
}

/// Finds who signed the response (RFC 6960, 4.2.2.2): the issuer itself, or a responder it
/// delegated to.
const X509* RevocationStore::responderOf(const OcspEntry& entry, const X509* issuer,
                                         const RevocationQuestion& question,
                                         const char*& refusal) const {
  OCSP_BASICRESP* response = entry.response.get();
  const auto signedIt = [&](const X509* candidate) {
    return rememberedSignature(entry.der, candidate, [&] {
      EVP_PKEY* key = X509_get0_pubkey(candidate);
      const CertificateStack one(sk_X509_new_null());
      sk_X509_push(one.get(), const_cast<X509*>(candidate));
      // NOVERIFY checks only the signature; whether the signer may sign is checked below.
      return key != nullptr && !isWeakKey(key) &&
             OCSP_basic_verify(response, one.get(), nullptr,
                               OCSP_NOVERIFY | OCSP_TRUSTOTHER | OCSP_NOINTERN) == 1;
    });
  };
  const X509_ALGOR* algorithm = OCSP_resp_get0_tbs_sigalg(response);
  if (isWeakSignatureAlgorithm(algorithm)) {
    refusal = textId("An OCSP response is signed with an algorithm that is too weak.");
    return nullptr;
  }
  if (signedIt(issuer)) return issuer;
  std::vector<const X509*> candidates;
  const STACK_OF(X509)* own = OCSP_resp_get0_certs(response);
  for (int i = 0; i < sk_X509_num(own) && i < 10; ++i) candidates.push_back(sk_X509_value(own, i));
  candidates.insert(candidates.end(), responders_.begin(), responders_.end());
  const ASN1_GENERALIZEDTIME* produced = OCSP_resp_get0_produced_at(response);
  refusal = textId("An OCSP response is not signed by its responder.");
  for (const X509* candidate : candidates) {
    auto* x = const_cast<X509*>(candidate);
    if (!signedIt(candidate)) continue;
    if (!hasExtendedUsage(x, NID_OCSP_sign) || !issuedBy(candidate, issuer)) {
      refusal = textId("An OCSP response comes from a responder without authority.");
      continue;
    }
    if (ASN1_TIME_compare(X509_get0_notBefore(candidate), produced) > 0 ||
        ASN1_TIME_compare(X509_get0_notAfter(candidate), produced) < 0) {
      refusal = textId("An OCSP response comes from a responder whose certificate was not valid.");
      continue;
    }
    if (X509_get_ext_by_NID(candidate, NID_id_pkix_OCSP_noCheck, -1) < 0) {
      // 4.2.2.2.1: without nocheck the responder must itself be known as not revoked. Only CRLs
      // count here: OCSP responders that confirm each other prove nothing.
      RevocationStatus own_status;
      std::vector<Answer> answers;
      for (const CrlEntry& list : crls_) {
        ask(list, candidate, issuer, question, answers, own_status);
      }
      const bool good = std::any_of(answers.begin(), answers.end(),
                                    [](const Answer& a) { return a.state == State::good; });
      const bool bad = std::any_of(answers.begin(), answers.end(), [](const Answer& a) {
        return a.state == State::revoked || a.state == State::onHold;
      });
      if (!good || bad) {
        refusal = textId("Whether the OCSP responder itself was revoked is not known.");
        continue;
      }
    }
    refusal = nullptr;
    return candidate;
  }
  return nullptr;
}

void RevocationStore::ask(const OcspEntry& entry, const X509* certificate, const X509* issuer,
                          const RevocationQuestion& question, std::vector<Answer>& answers,
                          RevocationStatus& status) const {
  OCSP_BASICRESP* response = entry.response.get();
  OCSP_SINGLERESP* single = nullptr;
  for (int i = 0; i < OCSP_resp_count(response) && single == nullptr; ++i) {
    OCSP_SINGLERESP* each = OCSP_resp_get0(response, i);
    ASN1_OBJECT* method = nullptr;
    const auto* id = OCSP_SINGLERESP_get0_id(each);
    OCSP_id_get0_info(nullptr, &method, nullptr, nullptr, const_cast<OCSP_CERTID*>(id));
    const EVP_MD* digest = EVP_get_digestbyobj(method);
    if (digest == nullptr) continue;
    const Handle<OCSP_CERTID, OCSP_CERTID_free> mine(
        OCSP_cert_to_id(digest, const_cast<X509*>(certificate), const_cast<X509*>(issuer)));
    if (mine && OCSP_id_cmp(mine.get(), id) == 0) single = each;
  }
  if (single == nullptr) return;  // about another certificate
  if (hasUnknownCritical(response) || OCSP_SINGLERESP_get_ext_by_critical(single, 1, -1) >= 0) {
    status.refusals.push_back(textId("An OCSP response has critical parts that are not known."));
    return;
  }
  const char* refusal = nullptr;
  const X509* responder = responderOf(entry, issuer, question, refusal);
  ERR_clear_error();
  if (responder == nullptr) return status.refusals.push_back(refusal);
  ASN1_GENERALIZEDTIME *revoked = nullptr, *issued = nullptr, *next = nullptr;
  int reason = -1;
  const int state = OCSP_single_get0_status(single, &reason, &revoked, &issued, &next);
  Answer answer;
  answer.source = entry.der;
  answer.responder = responder == issuer ? nullptr : responder;
  answer.reason = reason;
  answer.issuedAt = timeOf(issued);
  if (next != nullptr) answer.nextUpdate = timeOf(next);
  if (state == V_OCSP_CERTSTATUS_REVOKED) {
    answer.state = reason == kHold ? State::onHold : State::revoked;
    answer.revokedAt = timeOf(revoked);
  } else if (state == V_OCSP_CERTSTATUS_GOOD) {
    answer.state = State::good;
    const Time notAfter = timeOf(X509_get0_notAfter(certificate));
    // RFC 6960, 4.4.4: a responder may drop certificates that have expired.
    const Handle<ASN1_GENERALIZEDTIME, ASN1_GENERALIZEDTIME_free> cutoff(
        static_cast<ASN1_GENERALIZEDTIME*>(OCSP_SINGLERESP_get1_ext_d2i(
            single, NID_id_pkix_OCSP_archiveCutoff, nullptr, nullptr)));
    if (answer.issuedAt > notAfter && (!cutoff || timeOf(cutoff.get()) > notAfter)) {
      status.refusals.push_back(
          textId("Revocation data was issued after the certificate had expired."));
      return;
    }
  } else {
    status.refusals.push_back(textId("The OCSP responder does not know the certificate."));
    return;
  }
  answers.push_back(answer);
}

void RevocationStore::ask(const CrlEntry& entry, const X509* certificate, const X509* issuer,
                          const RevocationQuestion&, std::vector<Answer>& answers,
                          RevocationStatus& status) const {
  X509_CRL* list = entry.list.get();
  if (X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_issuer_name(certificate)) != 0) return;
  if (const char* refusal = reasonListDoesNotCover(list, certificate)) {
    return status.refusals.push_back(refusal);
  }
  EVP_PKEY* key = X509_get0_pubkey(issuer);
  const X509_ALGOR* algorithm = nullptr;
  X509_CRL_get0_signature(list, nullptr, &algorithm);
  if (isWeakSignatureAlgorithm(algorithm) || key == nullptr || isWeakKey(key)) {
    return status.refusals.push_back(
        textId("A revocation list is signed with an algorithm that is too weak."));
  }
  // 6.3.3 (f): without the extension every key usage is allowed.
  const bool maySign = (X509_get_key_usage(const_cast<X509*>(issuer)) & X509v3_KU_CRL_SIGN) != 0;
  const bool fits = maySign && rememberedSignature(entry.der, issuer,
                                                   [&] { return X509_CRL_verify(list, key) == 1; });
  ERR_clear_error();
  if (!fits) {
    return status.refusals.push_back(
        textId("A revocation list is not signed by the issuer of the certificate."));
  }
  Answer answer;
  answer.source = entry.der;
  answer.state = State::good;
  answer.issuedAt = timeOf(X509_CRL_get0_lastUpdate(list));
  if (const ASN1_TIME* next = X509_CRL_get0_nextUpdate(list)) answer.nextUpdate = timeOf(next);
  X509_REVOKED* row = nullptr;
  const int found = X509_CRL_get0_by_serial(
      list, &row, const_cast<ASN1_INTEGER*>(X509_get0_serialNumber(certificate)));
  if (found != 0 && row != nullptr) {
    answer.revokedAt = timeOf(X509_REVOKED_get0_revocationDate(row));
    const Handle<ASN1_ENUMERATED, ASN1_ENUMERATED_free> reason(static_cast<ASN1_ENUMERATED*>(
        X509_REVOKED_get_ext_d2i(row, NID_crl_reason, nullptr, nullptr)));
    answer.reason = reason ? ASN1_ENUMERATED_get(reason.get()) : -1;
    answer.state = answer.reason == kHold ? State::onHold : State::revoked;
  } else if (answer.issuedAt > timeOf(X509_get0_notAfter(certificate)) &&
             !keepsExpired(list, certificate)) {
    return status.refusals.push_back(
        textId("Revocation data was issued after the certificate had expired."));
  }
  answers.push_back(answer);
}

RevocationStatus RevocationStore::statusOf(const X509* certificate, const X509* issuer,
                                           const RevocationQuestion& question) const {
  RevocationStatus status;
  std::vector<Answer> answers;
  for (const OcspEntry& entry : ocsp_) {
    ask(entry, certificate, issuer, question, answers, status);
  }
  for (const CrlEntry& entry : crls_) ask(entry, certificate, issuer, question, answers, status);
  std::erase_if(answers, [&](const Answer& answer) {
    const bool future = answer.issuedAt > question.now + kSkew;
    if (future) status.refusals.push_back(textId("Revocation data is dated in the future."));
    return future;
  });
  // EN 319 102-1, 5.2.5: fresh if issued late enough for the time that counts.
  const auto fresh = [&](const Answer& answer) {
    if (answer.issuedAt >= question.at) return true;
    return answer.nextUpdate ? *answer.nextUpdate + kSkew >= question.at
                             : answer.issuedAt + question.maxAge >= question.at;
  };
  // A revocation is final, so the earliest date counts; a suspension may have been lifted, so the
  // newest response counts.
  const Answer* chosen = nullptr;
  const auto better = [&](const Answer& answer) {
    if (chosen == nullptr) return true;
    const bool isRevoked = answer.state == State::revoked;
    if (isRevoked != (chosen->state == State::revoked)) return isRevoked;
    return isRevoked ? answer.revokedAt < chosen->revokedAt : answer.issuedAt > chosen->issuedAt;
  };
  for (const Answer& answer : answers) {
    if (better(answer)) chosen = &answer;
  }
  if (chosen == nullptr) return status;
  status.state = chosen->state == State::good && !fresh(*chosen) ? State::stale : chosen->state;
  status.revokedAt = chosen->revokedAt;
  status.reason = reasonName(chosen->reason);
  status.issuedAt = chosen->issuedAt;
  status.nextUpdate = chosen->nextUpdate;
  status.source = chosen->source;
  status.responder = chosen->responder;
  return status;
}

}  // namespace sohoa
