#include "tests/signing/cms_kit.h"

#include <openssl/rsa.h>

#include <stdexcept>

#include "signing/base/asn1.h"
#include "signing/cms/cms.h"

namespace sohoa::test {
namespace {

const std::string kNull("\x05\x00", 2);

std::string oidOfDigest(const EVP_MD* digest) {
  char text[64];
  OBJ_obj2txt(text, sizeof text, OBJ_nid2obj(EVP_MD_get_type(digest)), 1);
  return text;
}

std::string attribute(const std::string& oid, const std::string& value) {
  return derSequence({derOid(oid), derValue(0x31, value)});
}

std::string essCertificate(const Identity& signer, int version) {
  const EVP_MD* method = version == 2 ? EVP_sha256() : EVP_sha1();
  const std::string id = derSequence({derValue(0x04, digestOf(method, signer.der()))});
  return attribute(version == 2 ? "1.2.840.113549.1.9.16.2.47" : "1.2.840.113549.1.9.16.2.12",
                   derSequence({derSequence({id})}));
}

std::string algorithmOf(EVP_PKEY* key, const CmsWish& wish) {
  const int type = EVP_PKEY_get_base_id(key);
  if (wish.pss) {
    const std::string hash = derSequence({derOid(oidOfDigest(wish.digest)), kNull});
    const std::string mask = derSequence({derOid("1.2.840.113549.1.1.8"), hash});
    const char salt[] = {0x02, 0x01, static_cast<char>(EVP_MD_get_size(wish.digest))};
    return derSequence(
        {derOid("1.2.840.113549.1.1.10"), derSequence({derValue(0xa0, hash), derValue(0xa1, mask),
                                                       derValue(0xa2, std::string(salt, 3))})});
  }
  if (type == EVP_PKEY_RSA) return derSequence({derOid("1.2.840.113549.1.1.1"), kNull});
  if (type == EVP_PKEY_ED25519) return derSequence({derOid("1.3.101.112")});
  if (type == EVP_PKEY_ED448) return derSequence({derOid("1.3.101.113")});
  int nid = NID_undef;
  OBJ_find_sigid_by_algs(&nid, EVP_MD_get_type(wish.digest), NID_X9_62_id_ecPublicKey);
  char text[64];
  OBJ_obj2txt(text, sizeof text, OBJ_nid2obj(nid), 1);
  return derSequence({derOid(text)});
}

std::string signedBy(EVP_PKEY* key, const std::string& message, const CmsWish& wish) {
  const int type = EVP_PKEY_get_base_id(key);
  const bool itself = type == EVP_PKEY_ED25519 || type == EVP_PKEY_ED448;
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;
  EVP_DigestSignInit(context.get(), &options, itself ? nullptr : wish.digest, nullptr, key);
  if (wish.pss) {
    EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(options, EVP_MD_get_size(wish.digest));
  }
  std::size_t size = 0;
  EVP_DigestSign(context.get(), nullptr, &size, bytesOf(message), message.size());
  std::string value(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(value.data()), &size,
                     bytesOf(message), message.size()) != 1) {
    throw std::runtime_error(drainOpensslErrors());
  }
  value.resize(size);
  return value;
}

std::string issuerAndSerial(const X509* certificate) {
  const unsigned char* name = nullptr;
  std::size_t size = 0;
  X509_NAME_get0_der(X509_get_issuer_name(certificate), &name, &size);
  unsigned char* serial = nullptr;
  const int length = i2d_ASN1_INTEGER(X509_get0_serialNumber(certificate), &serial);
  const std::string out = derSequence(
      {std::string_view(reinterpret_cast<const char*>(name), size),
       std::string_view(reinterpret_cast<char*>(serial), static_cast<std::size_t>(length))});
  OPENSSL_free(serial);
  return out;
}

}  // namespace

std::string buildCms(const Identity& signer, const std::string& message, const CmsWish& wish) {
  EVP_PKEY* key = signer.key.get();
  const std::string& text = wish.content ? *wish.content : message;
  std::vector<std::string> attributes = wish.extraAttributes;
  attributes.push_back(attribute("1.2.840.113549.1.9.3", derOid(wish.contentType)));
  attributes.push_back(
      attribute("1.2.840.113549.1.9.4", derValue(0x04, digestOf(wish.digest, text))));
  if (wish.signingCertificate != 0) {
    attributes.push_back(essCertificate(signer, wish.signingCertificate));
  }
  const std::string digest = derSequence({derOid(oidOfDigest(wish.digest)), kNull});
  const std::string value =
      derValue(0x04, signedBy(key, wish.signedAttributes ? derSet(attributes) : text, wish));
  const std::string stored = wish.signedAttributes ? derSet(attributes, 0xa0) : "";
  const std::string extra =
      wish.unsignedAttributes.empty() ? "" : derSet(wish.unsignedAttributes, 0xa1);
  const std::string one("\x02\x01\x01", 3), three("\x02\x01\x03", 3);
  const std::string info = derSequence({one, issuerAndSerial(signer.certificate.get()), digest,
                                        stored, algorithmOf(key, wish), value, extra});
  std::string infos;
  for (int i = 0; i < wish.signerInfos; ++i) infos += info;
  std::string certificates = signer.der(), lists;
  for (const Identity* each : wish.certificates) certificates += each->der();
  for (const std::string& list : wish.crls) lists += list;
  const std::string content =
      wish.content ? derValue(0xa0, derValue(0x04, *wish.content)) : std::string();
  const bool data = wish.contentType == "1.2.840.113549.1.7.1";
  const std::string signedData =
      derSequence({data ? one : three, derValue(0x31, digest),
                   derSequence({derOid(wish.contentType), content}), derValue(0xa0, certificates),
                   lists.empty() ? "" : derValue(0xa1, lists), derValue(0x31, infos)});
  const std::string type = derOid("1.2.840.113549.1.7.2");
  if (!wish.indefinite) return derSequence({type, derValue(0xa0, signedData)});
  const std::string end("\0\0", 2);
  return "\x30\x80" + type + "\xa0\x80" + signedData + end + end;
}

std::string buildTimestamp(const Identity& tsa, const std::string& data, Time at,
                           const std::vector<const Identity*>& certificates) {
  std::string time = isoUtc(at);  // 2021-09-10T07:30:20Z
  std::erase_if(time, [](char c) { return c == '-' || c == ':' || c == 'T'; });
  const std::string one("\x02\x01\x01", 3);
  const std::string imprint = derSequence({derSequence({derOid("2.16.840.1.101.3.4.2.1"), kNull}),
                                           derValue(0x04, digestOf(EVP_sha256(), data))});
  CmsWish wish;
  wish.contentType = "1.2.840.113549.1.9.16.1.4";
  wish.content = derSequence({one, derOid("1.2.3.4"), imprint, one, derValue(0x18, time)});
  wish.certificates = certificates;
  return buildCms(tsa, "", wish);
}

std::string timestampAttribute(const std::string& token) {
  return attribute("1.2.840.113549.1.9.16.2.14", token);
}

std::string signatureValueOf(const std::string& cms) { return parseCms(cms).signature; }

}  // namespace sohoa::test
