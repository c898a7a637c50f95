#include "signing/certificates/certificate_integrity.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <map>
#include <string>

namespace sohoa {
namespace {

bool sameName(const X509_NAME* a, const X509_NAME* b) { return X509_NAME_cmp(a, b) == 0; }

/// Whether only the issuer's name differs. A genuine certificate by another authority for the same
/// key would have another validity.
bool sameButForIssuer(const X509* a, const X509* b) {
  return sameName(X509_get_subject_name(a), X509_get_subject_name(b)) &&
         ASN1_TIME_compare(X509_get0_notBefore(a), X509_get0_notBefore(b)) == 0 &&
         ASN1_TIME_compare(X509_get0_notAfter(a), X509_get0_notAfter(b)) == 0 &&
         EVP_PKEY_eq(X509_get0_pubkey(a), X509_get0_pubkey(b)) == 1;
}

/// Whether `issuer` signed `certificate`. Cached for all files, because the answer never changes.
int fitsKeyOf(X509* certificate, X509* issuer) {
  constexpr std::size_t kMost = 1000;
  thread_local std::map<std::string, int> known;
  const std::string key =
      digestOf(EVP_sha256(), derOf(certificate)) + digestOf(EVP_sha256(), derOf(issuer));
  if (const auto found = known.find(key); found != known.end()) return found->second;
  if (known.size() >= kMost) known.clear();
  return known[key] = X509_verify(certificate, X509_get0_pubkey(issuer));
}

}  // namespace

bool isDamaged(const X509* certificate, const std::vector<const X509*>& known) {
  auto* own = const_cast<X509*>(certificate);
  const X509_NAME* issuer = X509_get_issuer_name(certificate);
  const ASN1_OCTET_STRING* issuerKey = X509_get0_authority_key_id(own);
  bool issuerKnown = false, signedByIt = false, contradicted = false;
  for (const X509* each : known) {
    auto* other = const_cast<X509*>(each);
    const bool same = X509_cmp(certificate, each) == 0;
    if (!same &&
        ASN1_INTEGER_cmp(X509_get0_serialNumber(certificate), X509_get0_serialNumber(each)) == 0) {
      // RFC 5280, 4.1.2.2: issuer and serial number identify one certificate.
      if (sameName(issuer, X509_get_issuer_name(each)) || sameButForIssuer(certificate, each)) {
        contradicted = true;
      }
    }
    const ASN1_OCTET_STRING* key = X509_get0_subject_key_id(other);
    const bool named = sameName(issuer, X509_get_subject_name(each));
    if (!named && issuerKey != nullptr && key != nullptr &&
        ASN1_OCTET_STRING_cmp(issuerKey, key) == 0) {
      contradicted = true;
    }
    // An authority that renewed its key has several certificates with one name.
    if (!named || signedByIt || X509_check_issued(other, own) == X509_V_ERR_AKID_SKID_MISMATCH) {
      continue;
    }
    const int fits = fitsKeyOf(own, other);
    issuerKnown = issuerKnown || fits == 0;
    signedByIt = fits == 1;
  }
  ERR_clear_error();
  // An authority's signature covers every byte; anybody can make another one of the same name and
  // number, and put it beside.
  return !signedByIt && (issuerKnown || contradicted);
}

}  // namespace sohoa
