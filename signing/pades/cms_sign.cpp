#include "signing/pades/cms_sign.h"

#include "signing/base/asn1.h"
#include "signing/base/digest_method.h"
#include "signing/keys/key_material.h"
#include "signing/keys/key_use.h"

namespace sohoa {
namespace {

constexpr char kSignedData[] = "1.2.840.113549.1.7.2";
constexpr char kData[] = "1.2.840.113549.1.7.1";
constexpr char kContentType[] = "1.2.840.113549.1.9.3";
constexpr char kMessageDigest[] = "1.2.840.113549.1.9.4";
constexpr char kSigningCertificateV2[] = "1.2.840.113549.1.9.16.2.47";
constexpr char kSignatureTimestamp[] = "1.2.840.113549.1.9.16.2.14";

std::string signedAttributes(const SigningKey::Material& key, std::string_view digest) {
  const std::string certificateHash = digestOf(EVP_sha256(), key.der);
  // RFC 5035: ESSCertIDv2 omits the hash algorithm when it is the default, SHA-256.
  const std::string essCertificates =
      derSequence({derSequence({derSequence({derValue(0x04, certificateHash)})})});
  return derSet({
      derSequence({derOid(kContentType), derSet({derOid(kData)})}),
      derSequence({derOid(kMessageDigest), derSet({derValue(0x04, digest)})}),
      derSequence({derOid(kSigningCertificateV2), derSet({essCertificates})}),
  });
}

std::string integerDer(const ASN1_INTEGER* integer) {
  const int size = i2d_ASN1_INTEGER(integer, nullptr);
  std::string der(static_cast<std::size_t>(size), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  i2d_ASN1_INTEGER(integer, &at);
  return der;
}

std::string assemble(const SigningKey::Material& key, SignatureAlgorithm algorithm,
                     std::string_view attributes, std::string_view signature,
                     std::string_view token) {
  const X509* certificate = key.certificate.get();
  const unsigned char* issuer = nullptr;
  std::size_t issuerSize = 0;
  X509_NAME_get0_der(X509_get_issuer_name(certificate), &issuer, &issuerSize);
  const std::string signerId = derSequence({{reinterpret_cast<const char*>(issuer), issuerSize},
                                            integerDer(X509_get0_serialNumber(certificate))});
  const std::string digest = derSequence({derOid(oidOf(algorithm.digest)), derValue(0x05, "")});
  const std::string version1 = derValue(0x02, "\x01");
  std::string storedAttributes(attributes);
  storedAttributes[0] = '\xa0';  // RFC 5652, 5.4: signed as SET OF, stored as [0] IMPLICIT
  // RFC 3161, Appendix A: a token over the signature value, as unsigned attribute.
  const std::string unsignedAttributes =
      token.empty()
          ? std::string()
          : derSet({derSequence({derOid(kSignatureTimestamp), derSet({std::string(token)})})},
                   0xa1);
  const std::string signerInfo = derSequence({version1, signerId, digest, storedAttributes,
                                              signatureAlgorithmDer(key, algorithm),
                                              derValue(0x04, signature), unsignedAttributes});
  std::vector<std::string> certificates = key.intermediates;
  certificates.push_back(key.der);
  const std::string signedData =
      derSequence({version1, derSet({digest}), derSequence({derOid(kData)}),
                   derSet(std::move(certificates), 0xa0), derSet({signerInfo})});
  return derSequence({derOid(kSignedData), derValue(0xa0, signedData)});
}

}  // namespace

CmsSignature::CmsSignature(const SigningKey& key, SignatureAlgorithm algorithm,
                           std::string_view digest)
    : key_(key), algorithm_(algorithm), attributes_(signedAttributes(key.material(), digest)) {
  value_ = signMessage(key.material(), algorithm, attributes_);
}

std::string CmsSignature::der(std::string_view timestampToken) const {
  return assemble(key_.material(), algorithm_, attributes_, value_, timestampToken);
}

std::size_t cmsSizeBound(const SigningKey& key, SignatureAlgorithm algorithm,
                         std::size_t tokenBytes) {
  const SigningKey::Material& material = key.material();
  const auto digestBytes = static_cast<std::size_t>(EVP_MD_get_size(methodOf(algorithm.digest)));
  const std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(material.key.get())),
                              '\0');
  return assemble(material, algorithm, signedAttributes(material, std::string(digestBytes, '\0')),
                  signature, std::string(tokenBytes, '\0'))
      .size();
}

}  // namespace sohoa
