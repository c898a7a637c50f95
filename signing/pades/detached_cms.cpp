#include "signing/pades/detached_cms.h"

#include <openssl/hmac.h>

#include "core/bytes/hex.h"
#include "core/texts/text.h"
#include "signing/base/asn1.h"
#include "signing/base/openssl_handles.h"
#include "signing/certificates/certificate_path.h"
#include "signing/cms/cms.h"
#include "signing/cms/cms_check.h"
#include "signing/pades/cms_sign.h"

namespace sohoa {

std::string signDetached(const SigningKey& key, std::string_view content) {
  return CmsSignature(key, SignatureAlgorithm{}, digestOf(EVP_sha256(), content)).der();
}

DetachedReport verifyDetached(std::string_view cms, std::string_view content,
                              const TrustAnchors& anchors, Time at) {
  DetachedReport report;
  try {
    const Cms parsed = parseCms(cms);
    const CmsFacts facts =
        checkCms(parsed, CmsUse::detached,
                 [&](const EVP_MD* method) { return digestOf(method, content); }, {});
    for (const char* finding : facts.findings) report.findings.emplace_back(finding);
    report.intact = parsed.regular && !facts.malformed && facts.supported && !facts.weak &&
                    facts.digestMatches && facts.signatureMatches && facts.hasSigner &&
                    facts.signerBound;
    if (facts.signer == nullptr) return report;
    report.signer = infoOf(facts.signer).subject;
    std::vector<const X509*> extra;
    for (const Certificate& certificate : parsed.certificates) extra.push_back(certificate.get());
    const TrustFacts trust = followTrust(facts.signer, extra, anchors.store(), at);
    for (const char* finding : trust.findings) report.findings.emplace_back(finding);
    report.trusted = trust.pathFound && trust.withinValidity && !trust.weak;
  } catch (const Asn1Error&) {
    report.findings.emplace_back(textId("This is not a signature (CMS)."));
  }
  return report;
}

std::string hmacSha256(std::string_view key, std::string_view message) {
  unsigned char value[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytesOf(message), message.size(),
           value, &size) == nullptr) {
    throw BatchError(Cause::signingStopped, drainOpensslErrors());
  }
  return hexOf({reinterpret_cast<const char*>(value), size});
}

}  // namespace sohoa
