#include <string_view>

#include "signing/asn1.h"
#include "signing/cms_check.h"
#include "signing/old_signature.h"
#include "signing/timestamp_token.h"
#include "signing/validation_material.h"

/// Any bytes as /Contents, in every use, and as revocation data.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace sohoa;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
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
  return 0;
}
