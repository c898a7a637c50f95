#include "signing/pades/key_check.h"

#include "signing/keys/key_material.h"
#include "signing/online/validation_data_collector.h"
#include "signing/verify/verify.h"

namespace sohoa {

KeyState checkKey(const SigningKey& key, const SigningServices& services, Time now) {
  key.requireUsableAt(now);
  KeyState state;
  state.daysLeft = static_cast<int>(
      std::chrono::floor<std::chrono::days>(key.certificate().notAfter - now).count());
  if (services.revocation == nullptr || services.anchors == nullptr) {
    state.unknownBecause = "no revocation service is configured";
    return state;
  }
  std::vector<Certificate> intermediates;
  std::vector<const X509*> extra;
  for (const std::string& der : key.material().intermediates) {
    intermediates.push_back(certificateFromDer(der));
    extra.push_back(intermediates.back().get());
  }
  const auto data = collectValidationData(key.material().certificate.get(), extra,
                                          services.anchors->store(), *services.revocation, now);
  if (data) {
    state.revocationKnown = true;
  } else if (data.error().cause == Cause::certificateRevoked) {
    throw BatchError(Cause::certificateRevoked, data.error().item + ": " + data.error().detail);
  } else {
    state.unknownBecause = data.error().item + ": " + data.error().detail;
  }
  return state;
}

}  // namespace sohoa
