#include "tests/signing/test_pki.h"

#include <openssl/rand.h>

#include <stdexcept>

namespace sohoa::test {
namespace {

void require(bool ok) {
  if (!ok) throw std::runtime_error("test PKI: " + drainOpensslErrors());
}

std::string contentOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

bool hashesItself(EVP_PKEY* key) {
  const int type = EVP_PKEY_get_base_id(key);
  return type == EVP_PKEY_ED25519 || type == EVP_PKEY_ED448;
}

time_t seconds(Time time) { return static_cast<time_t>(time.time_since_epoch().count()); }

using Extension = Handle<X509_EXTENSION, X509_EXTENSION_free>;

}  // namespace

std::shared_ptr<EVP_PKEY> newKey(const std::string& keyType) {
  EVP_PKEY* key = nullptr;
  if (keyType.starts_with("RSA")) {
    key = EVP_RSA_gen(static_cast<unsigned>(std::stoi(keyType.substr(3))));
  } else if (keyType.starts_with("ED")) {
    key = EVP_PKEY_Q_keygen(nullptr, nullptr, keyType.c_str());
  } else {
    key = EVP_EC_gen(keyType.c_str());
  }
  require(key != nullptr);
  return {key, EVP_PKEY_free};
}

Identity issue(const CertificateSpec& spec, const Identity* issuer) {
  Identity made{spec.key ? spec.key : newKey(spec.keyType), {X509_new(), X509_free}};
  X509* x = made.certificate.get();
  require(X509_set_version(x, X509_VERSION_3) == 1);
  unsigned char serial[12];
  require(RAND_bytes(serial, sizeof serial) == 1);
  serial[0] = 0x40;
  const Handle<BIGNUM, BN_free> number(BN_bin2bn(serial, sizeof serial, nullptr));
  BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x));
  ASN1_TIME_set(X509_getm_notBefore(x), seconds(spec.from));
  ASN1_TIME_set(X509_getm_notAfter(x), seconds(spec.until));
  X509_NAME* name = X509_get_subject_name(x);
  require(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, bytesOf(spec.name), -1,
                                     -1, 0) == 1);
  X509* above = issuer != nullptr ? issuer->certificate.get() : x;
  X509_set_issuer_name(x, X509_get_subject_name(above));
  X509_set_pubkey(x, made.key.get());
  X509V3_CTX context;
  X509V3_set_ctx(&context, above, x, nullptr, nullptr, 0);
  for (const auto& [nid, value] : spec.extensions) {
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    require(extension && X509_add_ext(x, extension.get(), -1) == 1);
  }
  EVP_PKEY* key = issuer != nullptr ? issuer->key.get() : made.key.get();
  require(X509_sign(x, key, hashesItself(key) ? nullptr : spec.digest) > 0);
  return made;
}

CertificateSpec authority(const std::string& name) {
  return {.name = name,
          .extensions = {{NID_basic_constraints, "critical,CA:TRUE"},
                         {NID_key_usage, "critical,keyCertSign,cRLSign"}}};
}

CertificateSpec signer(const std::string& name) {
  return {.name = name,
          .extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                         {NID_key_usage, "critical,digitalSignature,nonRepudiation"}}};
}

CertificateSpec timestamper(const std::string& name) {
  return {.name = name,
          .extensions = {{NID_key_usage, "critical,digitalSignature"},
                         {NID_ext_key_usage, "critical,timeStamping"}}};
}

CertificateSpec responder(const std::string& name, bool noCheck) {
  CertificateSpec spec = {.name = name,
                          .extensions = {{NID_key_usage, "critical,digitalSignature"},
                                         {NID_ext_key_usage, "OCSPSigning"}}};
  if (noCheck) spec.extensions.emplace_back(NID_id_pkix_OCSP_noCheck, "ignored");
  return spec;
}

std::string makeCrl(const Identity& issuer, const ListSpec& spec) {
  const Handle<X509_CRL, X509_CRL_free> list(X509_CRL_new());
  X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.certificate.get()));
  const Handle<ASN1_TIME, ASN1_TIME_free> from(ASN1_TIME_set(nullptr, seconds(spec.from))),
      next(ASN1_TIME_set(nullptr, seconds(spec.next)));
  X509_CRL_set1_lastUpdate(list.get(), from.get());
  if (spec.next != Time{}) X509_CRL_set1_nextUpdate(list.get(), next.get());
  for (const RevokedRow& row : spec.revoked) {
    X509_REVOKED* revoked = X509_REVOKED_new();
    X509_REVOKED_set_serialNumber(revoked,
                                  X509_get_serialNumber(row.certificate->certificate.get()));
    const Handle<ASN1_TIME, ASN1_TIME_free> at(ASN1_TIME_set(nullptr, seconds(row.at)));
    X509_REVOKED_set_revocationDate(revoked, at.get());
    if (row.reason >= 0) {
      const Handle<ASN1_ENUMERATED, ASN1_ENUMERATED_free> reason(ASN1_ENUMERATED_new());
      ASN1_ENUMERATED_set(reason.get(), row.reason);
      X509_REVOKED_add1_ext_i2d(revoked, NID_crl_reason, reason.get(), 0, 0);
    }
    require(X509_CRL_add0_revoked(list.get(), revoked) == 1);
  }
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer.certificate.get(), nullptr, nullptr, list.get(), 0);
  for (const auto& [nid, value] : spec.extensions) {
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    require(extension && X509_CRL_add_ext(list.get(), extension.get(), -1) == 1);
  }
  X509_CRL_sort(list.get());
  require(X509_CRL_sign(list.get(), issuer.key.get(), spec.digest) > 0);
  const BioHandle out(BIO_new(BIO_s_mem()));
  require(i2d_X509_CRL_bio(out.get(), list.get()) == 1);
  return contentOf(out.get());
}

std::string makeOcsp(const Identity& responder, const Identity& issuer, const Identity& certificate,
                     const ResponseSpec& spec) {
  const Handle<OCSP_BASICRESP, OCSP_BASICRESP_free> basic(OCSP_BASICRESP_new());
  const Handle<OCSP_CERTID, OCSP_CERTID_free> id(
      OCSP_cert_to_id(EVP_sha1(), certificate.certificate.get(), issuer.certificate.get()));
  const auto generalized = [](Time time) {
    return Handle<ASN1_GENERALIZEDTIME, ASN1_GENERALIZEDTIME_free>(
        ASN1_GENERALIZEDTIME_set(nullptr, seconds(time)));
  };
  const auto from = generalized(spec.from), next = generalized(spec.next.value_or(Time{})),
             revoked = generalized(spec.revokedAt);
  require(OCSP_basic_add1_status(basic.get(), id.get(), spec.state, spec.reason, revoked.get(),
                                 from.get(), spec.next ? next.get() : nullptr) != nullptr);
  require(OCSP_basic_sign(basic.get(), responder.certificate.get(), responder.key.get(),
                          spec.digest, nullptr, spec.withCertificate ? 0 : OCSP_NOCERTS) == 1);
  const Handle<OCSP_RESPONSE, OCSP_RESPONSE_free> response(
      OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
  const BioHandle out(BIO_new(BIO_s_mem()));
  require(i2d_OCSP_RESPONSE_bio(out.get(), response.get()) == 1);
  return contentOf(out.get());
}

const SmallPki& smallPki() {
  static const SmallPki made;
  return made;
}

}  // namespace sohoa::test
