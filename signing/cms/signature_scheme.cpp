#include "signing/cms/signature_scheme.h"

#include <openssl/err.h>
#include <openssl/rsa.h>

#include "signing/base/asn1.h"

namespace sohoa {
namespace {

constexpr char kRsaEncryption[] = "1.2.840.113549.1.1.1";
constexpr char kX500Rsa[] = "2.5.8.1.1";  // older OID of RSA, still used by some signers
constexpr char kRsaPss[] = "1.2.840.113549.1.1.10";

const EVP_MD* methodOf(const X509_ALGOR* algorithm, const EVP_MD* otherwise) {
  if (algorithm == nullptr) return otherwise;
  const ASN1_OBJECT* oid = nullptr;
  X509_ALGOR_get0(&oid, nullptr, nullptr, algorithm);
  char text[80];
  OBJ_obj2txt(text, sizeof text, oid, 1);
  return digestMethod(text);
}

bool readPss(std::string_view algorithmIdentifier, PssParameters& out) {
  BerReader outer(algorithmIdentifier);
  BerReader parts(outer.next(0x30).content);
  parts.next(0x06);
  if (parts.done()) return false;  // RFC 4055, 3.1: a signature must have parameters
  const std::string_view whole = parts.next(0x30).whole;
  const unsigned char* at = bytesOf(whole);
  const Handle<RSA_PSS_PARAMS, RSA_PSS_PARAMS_free> parameters(
      d2i_RSA_PSS_PARAMS(nullptr, &at, static_cast<long>(whole.size())));
  if (!parameters) return false;
  out.digest = methodOf(parameters->hashAlgorithm, EVP_sha1());
  out.maskDigest = EVP_sha1();
  if (parameters->maskGenAlgorithm != nullptr) {
    const ASN1_OBJECT* oid = nullptr;
    int type = 0;
    const void* value = nullptr;
    X509_ALGOR_get0(&oid, &type, &value, parameters->maskGenAlgorithm);
    if (OBJ_obj2nid(oid) != NID_mgf1 || type != V_ASN1_SEQUENCE) return false;
    const auto* text = static_cast<const ASN1_STRING*>(value);
    const unsigned char* inner = ASN1_STRING_get0_data(text);
    const Handle<X509_ALGOR, X509_ALGOR_free> mask(
        d2i_X509_ALGOR(nullptr, &inner, ASN1_STRING_length(text)));
    out.maskDigest = mask ? methodOf(mask.get(), nullptr) : nullptr;
  }
  if (parameters->saltLength != nullptr) {
    out.saltLength = static_cast<int>(ASN1_INTEGER_get(parameters->saltLength));
  }
  const bool trailer =
      parameters->trailerField == nullptr || ASN1_INTEGER_get(parameters->trailerField) == 1;
  return out.digest != nullptr && out.maskDigest != nullptr && out.saltLength >= 0 && trailer;
}

}  // namespace

bool readSignatureScheme(const Cms& cms, const EVP_MD* digest, SignatureScheme& scheme) {
  if (cms.signatureOid == kRsaEncryption || cms.signatureOid == kX500Rsa) {
    scheme.keyType = EVP_PKEY_RSA;
    scheme.digest = digest;
    return true;
  }
  if (cms.signatureOid == kRsaPss) {
    scheme.keyType = EVP_PKEY_RSA;
    scheme.pss = true;
    if (!readPss(cms.signatureAlgorithm, scheme.pssParameters)) return false;
    scheme.digest = scheme.pssParameters.digest;
    return true;
  }
  const Handle<ASN1_OBJECT, ASN1_OBJECT_free> oid(OBJ_txt2obj(cms.signatureOid.c_str(), 1));
  const int nid = oid ? OBJ_obj2nid(oid.get()) : NID_undef;
  if (nid == NID_ED25519 || nid == NID_ED448) {
    scheme.keyType = nid;
    return true;
  }
  int digestNid = NID_undef, keyNid = NID_undef;
  if (nid == NID_undef || OBJ_find_sigid_algs(nid, &digestNid, &keyNid) != 1) return false;
  scheme.digest = EVP_get_digestbynid(digestNid);
  scheme.keyType = keyNid == NID_rsaEncryption          ? EVP_PKEY_RSA
                   : keyNid == NID_X9_62_id_ecPublicKey ? EVP_PKEY_EC
                                                        : NID_undef;
  return scheme.digest != nullptr && scheme.keyType != NID_undef;
}

bool verifySignatureValue(EVP_PKEY* key, const SignatureScheme& scheme, const std::string& digest,
                          std::string_view message, const std::string& signature) {
  bool ok = false;
  if (scheme.digest == nullptr) {
    const DigestContext context(EVP_MD_CTX_new());
    ok = EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), bytesOf(signature), signature.size(), bytesOf(message),
                          message.size()) == 1;
  } else {
    const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    ok = context && EVP_PKEY_verify_init(context.get()) == 1;
    if (ok && scheme.keyType == EVP_PKEY_RSA) {
      ok = EVP_PKEY_CTX_set_rsa_padding(
               context.get(), scheme.pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) == 1;
    }
    ok = ok && EVP_PKEY_CTX_set_signature_md(context.get(), scheme.digest) == 1;
    if (ok && scheme.pss) {
      ok = EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), scheme.pssParameters.maskDigest) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), scheme.pssParameters.saltLength) == 1;
    }
    ok = ok && EVP_PKEY_verify(context.get(), bytesOf(signature), signature.size(), bytesOf(digest),
                               digest.size()) == 1;
  }
  ERR_clear_error();
  return ok;
}

bool isWeakDigest(const EVP_MD* method) {
  const int type = EVP_MD_get_type(method);
  return type == NID_md5 || type == NID_sha1 || type == NID_ripemd160;
}

bool isWeakSignatureAlgorithm(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* oid = nullptr;
  X509_ALGOR_get0(&oid, nullptr, nullptr, algorithm);
  int digest = NID_undef;
  if (OBJ_find_sigid_algs(OBJ_obj2nid(oid), &digest, nullptr) != 1) return false;
  return digest == NID_md5 || digest == NID_sha1 || digest == NID_md4 || digest == NID_md2;
}

bool isWeakKey(const EVP_PKEY* key) {
  const int bits = EVP_PKEY_get_bits(key);
  return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ? bits < 2048 : bits < 224;
}

}  // namespace sohoa
