#include "signing/cms/x509_rsa_sha1.h"

#include "core/texts/text.h"
#include "signing/base/asn1.h"
#include "signing/cms/signature_scheme.h"

namespace sohoa {

CmsFacts checkOldSignature(std::string_view contents, const std::string& sha1,
                           const std::vector<Certificate>& certificates) {
  CmsFacts facts;
  facts.weak = true;
  facts.algorithms = {"SHA1", "rsaEncryption"};
  std::string value;
  try {
    BerReader reader(contents);
    value = octetsOf(reader.next());
    if (reader.rest().find_first_not_of('\0') != std::string_view::npos) {
      throw Asn1Error("data after the signature");
    }
  } catch (const Asn1Error&) {
    facts.malformed = true;
    facts.findings.push_back(textId("The signature value is damaged or not a signature."));
    return facts;
  }
  if (certificates.empty()) {
    facts.findings.push_back(textId("The certificate of the signer is missing."));
    return facts;
  }
  facts.signer = certificates.front().get();
  facts.hasSigner = true;
  EVP_PKEY* key = X509_get0_pubkey(facts.signer);
  if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) {
    facts.supported = false;
    facts.findings.push_back(textId("The signer's key is of an unknown kind."));
    return facts;
  }
  SignatureScheme scheme;
  scheme.keyType = EVP_PKEY_RSA;
  scheme.digest = EVP_sha1();
  facts.algorithms.back() += "-" + std::to_string(EVP_PKEY_get_bits(key));
  facts.signatureMatches = verifySignatureValue(key, scheme, sha1, "", value);
  facts.digestMatches = facts.signatureMatches;
  return facts;
}

}  // namespace sohoa
