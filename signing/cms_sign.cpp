#include "signing/cms_sign.h"

#include "signing/asn1.h"
#include "signing/key_material.h"

namespace sohoa {
namespace {

constexpr char kSignedData[] = "1.2.840.113549.1.7.2";
constexpr char kData[] = "1.2.840.113549.1.7.1";
constexpr char kContentType[] = "1.2.840.113549.1.9.3";
constexpr char kMessageDigest[] = "1.2.840.113549.1.9.4";
constexpr char kSigningCertificateV2[] = "1.2.840.113549.1.9.16.2.47";
constexpr char kSha256[] = "2.16.840.1.101.3.4.2.1";
constexpr char kSha256WithRsa[] = "1.2.840.113549.1.1.11";
constexpr char kEcdsaWithSha256[] = "1.2.840.10045.4.3.2";

const std::string kNull = derValue(0x05, "");

std::string signedAttributes(const SigningKey::Material& key, std::string_view sha256) {
  const std::string certificateHash = digestOf(EVP_sha256(), key.der);
  // RFC 5035: ESSCertIDv2 leaves out the hash algorithm when it is SHA-256, the default.
  const std::string essCertificates =
      derSequence({derSequence({derSequence({derValue(0x04, certificateHash)})})});
  return derSet({
      derSequence({derOid(kContentType), derSet({derOid(kData)})}),
      derSequence({derOid(kMessageDigest), derSet({derValue(0x04, sha256)})}),
      derSequence({derOid(kSigningCertificateV2), derSet({essCertificates})}),
  });
}

/// AlgorithmIdentifier; another kind of signature (RSASSA-PSS with its parameters) is one more
/// case.
std::string signatureAlgorithm(const SigningKey::Material& key) {
  switch (EVP_PKEY_get_base_id(key.key.get())) {
    case EVP_PKEY_RSA:
      return derSequence({derOid(kSha256WithRsa), kNull});
    case EVP_PKEY_EC:
      return derSequence({derOid(kEcdsaWithSha256)});
    default:
      throw BatchError(Cause::certificateUsage, key.info.subject + ": unsupported kind of key");
  }
}

std::string signWith(const SigningKey::Material& key, std::string_view message) {
  const DigestContext context(EVP_MD_CTX_new());
  std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key.key.get()));
  std::string signature(size, '\0');
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.key.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     bytesOf(message), message.size()) != 1) {
    throw BatchError(Cause::signingStopped, drainOpensslErrors());
  }
  signature.resize(size);
  return signature;
}

std::string integerDer(const ASN1_INTEGER* integer) {
  const int size = i2d_ASN1_INTEGER(integer, nullptr);
  std::string der(static_cast<std::size_t>(size), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  i2d_ASN1_INTEGER(integer, &at);
  return der;
}

std::string assemble(const SigningKey::Material& key, std::string_view attributes,
                     std::string_view signature) {
  const X509* certificate = key.certificate.get();
  const unsigned char* issuer = nullptr;
  std::size_t issuerSize = 0;
  X509_NAME_get0_der(X509_get_issuer_name(certificate), &issuer, &issuerSize);
  const std::string signerId = derSequence({{reinterpret_cast<const char*>(issuer), issuerSize},
                                            integerDer(X509_get0_serialNumber(certificate))});
  const std::string sha256 = derSequence({derOid(kSha256), kNull});
  const std::string version1 = derValue(0x02, "\x01");
  std::string storedAttributes(attributes);
  storedAttributes[0] = '\xa0';  // RFC 5652, 5.4: signed as SET OF, stored as [0] IMPLICIT
  const std::string signerInfo = derSequence({version1, signerId, sha256, storedAttributes,
                                              signatureAlgorithm(key), derValue(0x04, signature)});
  std::vector<std::string> certificates = key.intermediates;
  certificates.push_back(key.der);
  const std::string signedData =
      derSequence({version1, derSet({sha256}), derSequence({derOid(kData)}),
                   derSet(std::move(certificates), 0xa0), derSet({signerInfo})});
  return derSequence({derOid(kSignedData), derValue(0xa0, signedData)});
}

}  // namespace

std::string makeCms(const SigningKey& key, std::string_view sha256) {
  const std::string attributes = signedAttributes(key.material(), sha256);
  return assemble(key.material(), attributes, signWith(key.material(), attributes));
}

std::size_t cmsSizeBound(const SigningKey& key) {
  const SigningKey::Material& material = key.material();
  const std::string digest(32, '\0');
  const std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(material.key.get())),
                              '\0');
  return assemble(material, signedAttributes(material, digest), signature).size();
}

}  // namespace sohoa
