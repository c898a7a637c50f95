#include "signing/cms/cms_check.h"

#include <algorithm>

#include "core/texts/text.h"
#include "signing/base/asn1.h"
#include "signing/cms/signature_scheme.h"

namespace sohoa {
namespace {

constexpr char kData[] = "1.2.840.113549.1.7.1";
constexpr char kTstInfo[] = "1.2.840.113549.1.9.16.1.4";
constexpr char kContentType[] = "1.2.840.113549.1.9.3";
constexpr char kMessageDigest[] = "1.2.840.113549.1.9.4";
constexpr char kSigningCertificate[] = "1.2.840.113549.1.9.16.2.12";
constexpr char kSigningCertificateV2[] = "1.2.840.113549.1.9.16.2.47";

/// The text of a name's part in UTF-8, when it is of a type that programs exchange for another;
/// else as it stands, with its type.
std::string textOfPart(const Tlv& value) {
  constexpr unsigned char kUtf8 = 0x0c, kPrintable = 0x13, kTeletex = 0x14, kBmp = 0x1e;
  const auto tag = static_cast<unsigned char>(value.whole.front());
  if (tag == kUtf8 || tag == kPrintable || tag == kTeletex) return std::string(value.content);
  if (tag != kBmp || value.content.size() % 2 != 0) return std::string(value.whole);
  std::string text;
  for (std::size_t i = 0; i < value.content.size(); i += 2) {
    const unsigned unit = (static_cast<unsigned char>(value.content[i]) << 8U) |
                          static_cast<unsigned char>(value.content[i + 1]);
    if (unit < 0x80) {
      text += static_cast<char>(unit);
    } else if (unit < 0x800) {
      text += static_cast<char>(0xc0 | (unit >> 6U));
      text += static_cast<char>(0x80 | (unit & 0x3f));
    } else {
      text += static_cast<char>(0xe0 | (unit >> 12U));
      text += static_cast<char>(0x80 | ((unit >> 6U) & 0x3f));
      text += static_cast<char>(0x80 | (unit & 0x3f));
    }
  }
  return text;
}

/// A Name's parts in order, whatever types their strings have. Throws Asn1Error.
std::string nameText(std::string_view der) {
  std::string text;
  BerReader outer(der);
  for (BerReader sets(outer.next(0x30).content); !sets.done();) {
    for (BerReader parts(sets.next(0x31).content); !parts.done();) {
      BerReader part(parts.next(0x30).content);
      text += oidText(part.next(0x06).content) + "=";
      text += textOfPart(part.next()) + "\n";
    }
    text += "\n";
  }
  return text;
}

bool sameName(std::string_view a, std::string_view b) {
  if (a == b) return true;
  try {
    return nameText(a) == nameText(b);
  } catch (const Asn1Error&) {
    return false;
  }
}

/// Whether the SignerInfo names this certificate.
bool isNamed(const Cms& cms, const X509* certificate) {
  if (cms.keyIdentifier) {
    const ASN1_OCTET_STRING* id = X509_get0_subject_key_id(const_cast<X509*>(certificate));
    return id != nullptr &&
           std::string_view(reinterpret_cast<const char*>(ASN1_STRING_get0_data(id)),
                            static_cast<std::size_t>(ASN1_STRING_length(id))) == *cms.keyIdentifier;
  }
  // Letter by letter: a name that is equal only by X.500 rules is another spelling, which the
  // signature does not cover. Programs that rebuild a name choose other types of strings.
  const unsigned char* issuer = nullptr;
  std::size_t size = 0;
  X509_NAME_get0_der(X509_get_issuer_name(certificate), &issuer, &size);
  const unsigned char* at = bytesOf(cms.serial);
  const Handle<ASN1_INTEGER, ASN1_INTEGER_free> serial(
      d2i_ASN1_INTEGER(nullptr, &at, static_cast<long>(cms.serial.size())));
  return sameName(cms.issuer, {reinterpret_cast<const char*>(issuer), size}) && serial &&
         ASN1_INTEGER_cmp(serial.get(), X509_get0_serialNumber(certificate)) == 0;
}

/// RFC 5035, RFC 2634: the first ESSCertID names the signing certificate.
enum class Binding { absent, matches, differs };
Binding bindingOf(const Cms& cms, const X509* certificate) {
  const CmsAttribute* v2 = cms.signedAttribute(kSigningCertificateV2);
  const CmsAttribute* v1 = cms.signedAttribute(kSigningCertificate);
  if (v1 == nullptr && v2 == nullptr) return Binding::absent;
  const std::string der = derOf(certificate);
  const auto matches = [&](const CmsAttribute& attribute, bool second) {
    if (attribute.values.size() != 1) return false;
    BerReader value(attribute.values.front());
    BerReader signingCertificate(value.next(0x30).content);
    BerReader list(signingCertificate.next(0x30).content);
    BerReader first(list.next(0x30).content);
    const EVP_MD* method = second ? EVP_sha256() : EVP_sha1();
    if (second && first.at(0x30)) {
      BerReader algorithm(first.next().content);
      method = digestMethod(oidText(algorithm.next(0x06).content));
    }
    return method != nullptr && octetsOf(first.next()) == digestOf(method, der);
  };
  const bool ok = (v2 == nullptr || matches(*v2, true)) && (v1 == nullptr || matches(*v1, false));
  return ok ? Binding::matches : Binding::differs;
}

void findSigner(const Cms& cms, const std::vector<Certificate>& extra, CmsFacts& facts) {
  for (const auto* certificates : {&cms.certificates, &extra}) {
    for (const Certificate& certificate : *certificates) {
      if (!isNamed(cms, certificate.get())) continue;
      const Binding binding = bindingOf(cms, certificate.get());
      // Several certificates can have one name and serial number: prefer the one that the attribute
      // names.
      if (facts.signer != nullptr && binding != Binding::matches) continue;
      facts.signer = certificate.get();
      facts.signerBound = binding == Binding::matches;
      facts.signerMismatch = binding == Binding::differs;
      if (facts.signerBound) return;
    }
  }
}

/// Computes the digest that the message-digest attribute must contain, and checks the content.
std::string expectedDigest(const Cms& cms, CmsUse use, const EVP_MD* method,
                           const std::function<std::string(const EVP_MD*)>& digestOfRange,
                           CmsFacts& facts, bool& contentMatches) {
  contentMatches = true;
  if (use == CmsUse::detached) {
    if (cms.content || cms.contentType != kData) {
      facts.malformed = true;
      facts.findings.push_back(textId("The signature carries content of its own."));
    }
    return digestOfRange(method);
  }
  if (!cms.content) throw Asn1Error("no content");
  if (use == CmsUse::sha1Inside) {
    facts.weak = true;
    contentMatches = *cms.content == digestOfRange(EVP_sha1());
  } else {
    if (cms.contentType != kTstInfo) throw Asn1Error("no TSTInfo");
    BerReader outer(*cms.content);
    BerReader info(outer.next(0x30).content);
    info.next(0x02);
    info.next(0x06);
    BerReader imprint(info.next(0x30).content);
    BerReader algorithm(imprint.next(0x30).content);
    const EVP_MD* imprintMethod = digestMethod(oidText(algorithm.next(0x06).content));
    contentMatches =
        imprintMethod != nullptr && octetsOf(imprint.next()) == digestOfRange(imprintMethod);
    facts.weak = facts.weak || imprintMethod == nullptr || isWeakDigest(imprintMethod);
  }
  return digestOf(method, *cms.content);
}

bool checkAttributes(const Cms& cms, const std::string& digest, CmsFacts& facts) {
  const auto count = [&](std::string_view oid) {
    return std::count_if(cms.signedAttributes.begin(), cms.signedAttributes.end(),
                         [&](const CmsAttribute& a) { return a.oid == oid; });
  };
  const CmsAttribute* type = cms.signedAttribute(kContentType);
  const CmsAttribute* messageDigest = cms.signedAttribute(kMessageDigest);
  const bool once = count(kContentType) == 1 && count(kMessageDigest) == 1 &&
                    count(kSigningCertificate) <= 1 && count(kSigningCertificateV2) <= 1 &&
                    type->values.size() == 1 && messageDigest->values.size() == 1;
  if (!once) throw Asn1Error("a signed attribute is missing or there twice");
  BerReader typeValue(type->values.front());
  if (oidText(typeValue.next(0x06).content) != cms.contentType) {
    facts.malformed = true;
    facts.findings.push_back(textId("The signed content type is not that of the content."));
  }
  if (!cms.signedAttributesDer) {
    facts.malformed = true;
    facts.findings.push_back(
        textId("The signed attributes are not in their one valid encoding (DER)."));
  }
  BerReader digestValue(messageDigest->values.front());
  return octetsOf(digestValue.next()) == digest;
}

}  // namespace

const X509* signerOf(const Cms& cms, const std::vector<Certificate>& extra) {
  CmsFacts facts;
  findSigner(cms, extra, facts);
  return facts.signer;
}

CmsFacts checkCms(const Cms& cms, CmsUse use,
                  const std::function<std::string(const EVP_MD*)>& digestOfRange,
                  const std::vector<Certificate>& extra) {
  CmsFacts facts;
  if (cms.signerInfos != 1) {
    facts.malformed = true;
    facts.findings.push_back(textId("The signature has several signers where one is allowed."));
  }
  const EVP_MD* method = digestMethod(cms.digestAlgorithm);
  SignatureScheme scheme;
  if (method == nullptr || !readSignatureScheme(cms, method, scheme)) {
    facts.supported = false;
    facts.findings.push_back(
        textId("The algorithms of the signature are unknown or not what a signature may use."));
    return facts;
  }
  facts.algorithms.push_back(EVP_MD_get0_name(method));
  facts.weak = isWeakDigest(method);
  if (scheme.digest != nullptr && EVP_MD_get_type(scheme.digest) != EVP_MD_get_type(method)) {
    facts.malformed = true;
    facts.findings.push_back(textId("Digest and signature algorithm do not belong together."));
    return facts;
  }
  bool contentMatches = false;
  const std::string digest = expectedDigest(cms, use, method, digestOfRange, facts, contentMatches);
  std::string_view message;
  if (cms.hasSignedAttributes) {
    facts.digestMatches = checkAttributes(cms, digest, facts) && contentMatches;
    message = cms.signedAttributesSet;
  } else if (scheme.digest == nullptr) {
    facts.supported = false;
    facts.findings.push_back(
        textId("The algorithms of the signature are unknown or not what a signature may use."));
    return facts;
  }

  findSigner(cms, extra, facts);
  facts.hasSigner = facts.signer != nullptr;
  if (!facts.hasSigner) {
    facts.findings.push_back(textId("The certificate of the signer is missing."));
    return facts;
  }
  if (facts.signerMismatch) {
    facts.findings.push_back(textId("The certificate is not the one that was signed with."));
  }
  EVP_PKEY* key = X509_get0_pubkey(facts.signer);
  if (key == nullptr || EVP_PKEY_get_base_id(key) == NID_undef) {
    facts.supported = false;
    facts.findings.push_back(textId("The signer's key is of an unknown kind."));
    drainOpensslErrors();
    return facts;
  }
  const int type = EVP_PKEY_get_base_id(key);
  const bool fits = type == scheme.keyType || (type == EVP_PKEY_RSA_PSS && scheme.pss);
  const char* name = scheme.pss ? "RSASSA-PSS" : OBJ_nid2sn(type);
  facts.algorithms.push_back(std::string(name) + "-" + std::to_string(EVP_PKEY_get_bits(key)));
  facts.weak = facts.weak || isWeakKey(key);
  const std::string signedDigest = scheme.digest == nullptr  ? std::string()
                                   : cms.hasSignedAttributes ? digestOf(scheme.digest, message)
                                                             : digest;
  facts.signatureMatches =
      fits && verifySignatureValue(key, scheme, signedDigest, message, cms.signature);
  // Without signed attributes the signature is made over the digest itself.
  if (!cms.hasSignedAttributes) facts.digestMatches = facts.signatureMatches && contentMatches;
  return facts;
}

}  // namespace sohoa
