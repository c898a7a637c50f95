#include "tests/fuzz/targets.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "signing/base/asn1.h"
#include "signing/cms/cms_check.h"
#include "signing/cms/timestamp_token.h"
#include "signing/cms/x509_rsa_sha1.h"
#include "signing/verify/embedded_validation_data.h"
#include "signing/verify/report_json.h"
#include "signing/verify/report_text.h"
#include "signing/verify/report_xml.h"
#include "signing/verify/verify.h"
#include "tests/fuzz/assemble.h"

namespace sohoa::fuzz {
namespace {

TrustAnchors noAnchors() {
  const auto folder =
      std::filesystem::temp_directory_path() / ("sohoa-no-anchors-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  TrustAnchors none = TrustAnchors::fromFolder(folder);
  std::filesystem::remove(folder);
  return none;
}

}  // namespace

void verifyAnything(std::string_view bytes) {
  static const TrustAnchors anchors = noAnchors();
  VerificationOptions options;
  options.at = options.now = *parseIsoTime("2024-01-01T00:00:00Z");
  std::string made;
  if (!bytes.starts_with("%PDF-")) bytes = made = assemble(bytes);
  const VerificationReport report = verifyBytes(bytes, anchors, options);
  if (verdictOf(report) == "valid") std::abort();
  (void)describe(report, Language::vi);
  (void)toJson(report);
  (void)toEtsiXml(report, "name");
}

void readAnyCms(std::string_view bytes) {
  const auto hash = [](const EVP_MD* method) { return digestOf(method, "signed"); };
  for (const CmsUse use : {CmsUse::detached, CmsUse::sha1Inside, CmsUse::timestamp}) {
    try {
      const Cms cms = parseCms(bytes);
      (void)checkCms(cms, use, hash, {});
      ValidationMaterial material;
      material.readCms(cms, 0);
      for (const Certificate& each : material.certificates()) {
        (void)material.revocation().statusOf(each.get(), each.get(), {});
      }
    } catch (const Asn1Error&) {
    }
  }
  try {
    (void)readTimestampToken(bytes, hash);
  } catch (const Asn1Error&) {
  }
  (void)checkOldSignature(bytes, std::string(20, 'x'), {});
  RevocationStore store;
  (void)store.addOcsp(bytes);
  (void)store.addCrl(bytes);
  if (const Certificate certificate = certificateFromDer(bytes)) {
    (void)store.statusOf(certificate.get(), certificate.get(), {});
  }
}

}  // namespace sohoa::fuzz
