#include "signing/certificates/crl_scope.h"

#include <openssl/err.h>

#include "core/texts/text.h"
#include "signing/base/asn1.h"

namespace sohoa {
namespace {

using IssuingPoint = Handle<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free>;
using Points = Handle<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;
using Names = Handle<GENERAL_NAMES, GENERAL_NAMES_free>;

bool isCa(const X509* certificate) { return X509_check_ca(const_cast<X509*>(certificate)) > 0; }

bool shareAName(const GENERAL_NAMES* a, const GENERAL_NAMES* b) {
  for (int i = 0; i < sk_GENERAL_NAME_num(a); ++i) {
    for (int k = 0; k < sk_GENERAL_NAME_num(b); ++k) {
      if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(a, i), sk_GENERAL_NAME_value(b, k)) == 0) {
        return true;
      }
    }
  }
  return false;
}

/// 6.3.3 (b)(2)(i): a CRL for one distribution point covers the certificates that name it.
bool namesPoint(const X509* certificate, const DIST_POINT_NAME* point) {
  const Points points(static_cast<CRL_DIST_POINTS*>(
      X509_get_ext_d2i(certificate, NID_crl_distribution_points, nullptr, nullptr)));
  if (point->type != 0) return false;  // name relative to the issuer: not used in practice
  for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
    const DIST_POINT* own = sk_DIST_POINT_value(points.get(), i);
    if (own->distpoint != nullptr && own->distpoint->type == 0 &&
        shareAName(own->distpoint->name.fullname, point->name.fullname)) {
      return true;
    }
  }
  return false;
}

}  // namespace

const char* reasonListDoesNotCover(X509_CRL* list, const X509* certificate) {
  if (X509_CRL_get_ext_by_NID(list, NID_delta_crl, -1) >= 0) {
    return textId("A revocation list gives only changes to another list (delta CRL).");
  }
  for (int at = -1; (at = X509_CRL_get_ext_by_critical(list, 1, at)) >= 0;) {
    const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(X509_CRL_get_ext(list, at)));
    if (nid != NID_issuing_distribution_point && nid != NID_authority_key_identifier &&
        nid != NID_crl_number) {
      return textId("A revocation list has critical parts that are not known.");
    }
  }
  STACK_OF(X509_REVOKED)* rows = X509_CRL_get_REVOKED(list);
  for (int i = 0; i < sk_X509_REVOKED_num(rows); ++i) {
    if (X509_REVOKED_get_ext_count(sk_X509_REVOKED_value(rows, i)) == 0) continue;
    if (X509_REVOKED_get_ext_by_critical(sk_X509_REVOKED_value(rows, i), 1, -1) < 0) continue;
    return textId("A revocation list is of several issuers (indirect CRL).");
  }
  int critical = -1;
  const IssuingPoint point(static_cast<ISSUING_DIST_POINT*>(
      X509_CRL_get_ext_d2i(list, NID_issuing_distribution_point, &critical, nullptr)));
  ERR_clear_error();
  if (!point) {
    return critical == -1 ? nullptr
                          : textId("A revocation list has critical parts that are not known.");
  }
  if (point->indirectCRL > 0) {
    return textId("A revocation list is of several issuers (indirect CRL).");
  }
  const bool otherKind = (point->onlyuser > 0 && isCa(certificate)) ||
                         (point->onlyCA > 0 && !isCa(certificate)) || point->onlyattr > 0;
  if (otherKind || point->onlysomereasons != nullptr ||
      (point->distpoint != nullptr && !namesPoint(certificate, point->distpoint))) {
    return textId("A revocation list is of another scope than the certificate.");
  }
  return nullptr;
}

bool keepsExpired(X509_CRL* list, const X509* certificate) {
  const Handle<ASN1_OBJECT, ASN1_OBJECT_free> oid(OBJ_txt2obj("2.5.29.60", 1));
  const int at = X509_CRL_get_ext_by_OBJ(list, oid.get(), -1);
  if (at < 0) return false;
  const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(X509_CRL_get_ext(list, at));
  const unsigned char* bytes = ASN1_STRING_get0_data(value);
  const Handle<ASN1_GENERALIZEDTIME, ASN1_GENERALIZEDTIME_free> since(
      d2i_ASN1_GENERALIZEDTIME(nullptr, &bytes, ASN1_STRING_length(value)));
  ERR_clear_error();
  return since && ASN1_TIME_compare(since.get(), X509_get0_notAfter(certificate)) <= 0;
}

}  // namespace sohoa
