#include "signing/cms/cms.h"

#include <algorithm>

#include "signing/base/asn1.h"

namespace sohoa {
namespace {

constexpr std::size_t kMaxCertificates = 100;
constexpr char kData[] = "1.2.840.113549.1.7.1";
constexpr char kRsaPss[] = "1.2.840.113549.1.1.10";

/// Reads an AlgorithmIdentifier; parameters other than none or NULL make `cms` irregular.
std::string plainAlgorithm(const Tlv& algorithm, Cms& cms) {
  BerReader reader(algorithm.content);
  std::string oid = oidText(reader.next(0x06).content);
  if (!reader.done()) cms.regular = cms.regular && reader.rest() == std::string_view("\x05\0", 2);
  return oid;
}

/// Reads a version number of one octet; -1 for any other.
int readVersion(BerReader& reader) {
  const Tlv version = reader.next(0x02);
  return version.content.size() == 1 ? version.content[0] : -1;
}

std::vector<CmsAttribute> readAttributes(std::string_view content) {
  std::vector<CmsAttribute> attributes;
  for (BerReader reader(content); !reader.done();) {
    BerReader attribute(reader.next(0x30).content);
    CmsAttribute read;
    read.oid = oidText(attribute.next(0x06).content);
    for (BerReader values(attribute.next(0x31).content); !values.done();) {
      read.values.push_back(values.next().whole);
    }
    if (!attribute.done()) throw Asn1Error("malformed attribute");
    attributes.push_back(std::move(read));
  }
  return attributes;
}

void readSignerInfo(std::string_view content, Cms& cms) {
  BerReader reader(content);
  const int version = readVersion(reader);
  cms.regular = cms.regular && version == (reader.at(0x30) ? 1 : 3);
  if (reader.at(0x30)) {
    BerReader name(reader.next().content);
    cms.issuer = name.next(0x30).whole;
    cms.serial = name.next(0x02).whole;
  } else {
    Tlv identifier = reader.next();
    if (identifier.tag == 0x80) {
      cms.keyIdentifier = std::string(identifier.content);
    } else if (identifier.tag == 0xa0) {  // [0] EXPLICIT, as some signers write it
      BerReader inner(identifier.content);
      cms.keyIdentifier = octetsOf(inner.next());
    } else {
      throw Asn1Error("malformed signer identifier");
    }
  }
  cms.digestAlgorithm = plainAlgorithm(reader.next(0x30), cms);
  if (reader.at(0xa0)) {
    const Tlv attributes = reader.next();
    cms.hasSignedAttributes = true;
    cms.signedAttributes = readAttributes(attributes.content);
    // RFC 5652, 5.4: hashed with the tag of SET OF, in DER.
    cms.signedAttributesSet = derValue(0x31, attributes.content);
    cms.signedAttributesDer =
        attributes.whole.size() == cms.signedAttributesSet.size() && isDer(cms.signedAttributesSet);
  }
  const Tlv algorithm = reader.next(0x30);
  cms.signatureAlgorithm = algorithm.whole;
  BerReader signatureAlgorithm(algorithm.content);
  cms.signatureOid = oidText(signatureAlgorithm.next(0x06).content);
  if (cms.signatureOid != kRsaPss) plainAlgorithm(algorithm, cms);
  cms.signature = octetsOf(reader.next());
  if (reader.at(0xa1)) cms.unsignedAttributes = readAttributes(reader.next().content);
  if (!reader.done()) throw Asn1Error("data after the SignerInfo");
}

/// Whether the DER is a CertificateList and not a certificate: after algorithm and issuer comes its
/// date (RFC 5280, 5.1).
bool isRevocationList(std::string_view der) try {
  BerReader whole(der);
  BerReader parts(whole.next(0x30).content);
  BerReader list(parts.next(0x30).content);
  if (list.at(0x02)) list.next();
  list.next(0x30);
  list.next(0x30);
  return list.at(0x17) || list.at(0x18);
} catch (const Asn1Error&) {
  return false;
}

/// Reads CRLs as they are, and OCSP responses as RFC 5940 wraps them: [1] { id-ri-ocsp-response,
/// response }.
void readRevocationInfo(std::string_view content, Cms& cms) {
  for (BerReader set(content); !set.done();) {
    const Tlv item = set.next();
    if (item.tag == 0x30) {
      cms.crls.push_back(item.whole);
      cms.regular = cms.regular && isRevocationList(item.whole);
      continue;
    }
    if (item.tag != 0xa1) throw Asn1Error("unknown revocation data");
    BerReader other(item.content);
    if (oidText(other.next(0x06).content) == "1.3.6.1.5.5.7.16.2" && !other.done()) {
      cms.ocspResponses.push_back(other.next().whole);
    }
  }
}

}  // namespace

const CmsAttribute* Cms::signedAttribute(std::string_view oid) const {
  for (const CmsAttribute& attribute : signedAttributes) {
    if (attribute.oid == oid) return &attribute;
  }
  return nullptr;
}

Cms parseCms(std::string_view contents) {
  BerReader outer(contents);
  const Tlv whole = outer.next(0x30);
  // Some programs write what their buffer held. One byte alone among zeros is damage.
  const std::string_view rest = outer.rest();
  const auto others =
      rest.size() - static_cast<std::size_t>(std::count(rest.begin(), rest.end(), 0));
  if (others == 1) throw Asn1Error("data after the signature");
  BerReader info(whole.content);
  if (oidText(info.next(0x06).content) != "1.2.840.113549.1.7.2") {
    throw Asn1Error("no SignedData");
  }
  BerReader wrapped(info.next(0xa0).content);
  BerReader signedData(wrapped.next(0x30).content);
  if (!info.done() || !wrapped.done()) throw Asn1Error("data after the SignedData");

  Cms cms;
  cms.rest = others > 0;
  bool otherCertificates = false;
  const int version = readVersion(signedData);
  const Tlv digestAlgorithms = signedData.next(0x31);
  BerReader encapsulated(signedData.next(0x30).content);
  cms.contentType = oidText(encapsulated.next(0x06).content);
  if (!encapsulated.done()) {
    BerReader content(encapsulated.next(0xa0).content);
    cms.content = octetsOf(content.next());
  }
  if (signedData.at(0xa0)) {
    std::size_t count = 0;
    for (BerReader set(signedData.next().content); !set.done();) {
      const Tlv item = set.next();
      if (++count > kMaxCertificates) throw Asn1Error("too many certificates");
      if (item.tag != 0x30) {  // [0] to [3]: attribute certificates and other formats
        if (item.tag < 0xa0 || item.tag > 0xa3) throw Asn1Error("unknown certificate");
        otherCertificates = true;
        continue;
      }
      if (Certificate read = certificateFromDer(item.whole)) {
        cms.certificates.push_back(std::move(read));
      } else {
        cms.regular = false;
      }
    }
  }
  if (signedData.at(0xa1)) {
    readRevocationInfo(signedData.next().content, cms);
    // Revocation data of another format raises the version, as attribute certificates do.
    otherCertificates = otherCertificates || !cms.ocspResponses.empty();
  }
  const Tlv signers = signedData.next(0x31);
  if (!signedData.done()) throw Asn1Error("data after the SignerInfos");
  for (BerReader set(signers.content); !set.done();) {
    const Tlv signer = set.next(0x30);
    if (cms.signerInfos++ == 0) readSignerInfo(signer.content, cms);
  }
  if (cms.signerInfos == 0) throw Asn1Error("no SignerInfo");
  bool announced = false;
  for (BerReader set(digestAlgorithms.content); !set.done();) {
    announced = plainAlgorithm(set.next(0x30), cms) == cms.digestAlgorithm || announced;
  }
  // RFC 5652, 5.1. Other certificates and revocation formats raise the version number; then it is
  // not checked.
  const int expected = cms.contentType != kData || cms.keyIdentifier ? 3 : 1;
  cms.regular = cms.regular && announced && (version == expected || otherCertificates);
  return cms;
}

const EVP_MD* digestMethod(const std::string& oid) {
  struct Row {
    const char* oid;
    const EVP_MD* (*method)();
  };
  static constexpr Row kRows[] = {
      {"1.2.840.113549.2.5", EVP_md5},
      {"1.3.14.3.2.26", EVP_sha1},
      {"2.16.840.1.101.3.4.2.4", EVP_sha224},
      {"2.16.840.1.101.3.4.2.1", EVP_sha256},
      {"2.16.840.1.101.3.4.2.2", EVP_sha384},
      {"2.16.840.1.101.3.4.2.3", EVP_sha512},
      {"2.16.840.1.101.3.4.2.5", EVP_sha512_224},
      {"2.16.840.1.101.3.4.2.6", EVP_sha512_256},
      {"2.16.840.1.101.3.4.2.8", EVP_sha3_256},
      {"2.16.840.1.101.3.4.2.9", EVP_sha3_384},
      {"2.16.840.1.101.3.4.2.10", EVP_sha3_512},
      {"1.3.36.3.2.1", EVP_ripemd160},
      {"2.16.840.1.101.3.4.2.12", EVP_shake256},
  };
  for (const Row& row : kRows) {
    if (oid == row.oid) return row.method();
  }
  return nullptr;
}

}  // namespace sohoa
