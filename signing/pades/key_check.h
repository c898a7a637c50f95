#pragma once

#include <string>

#include "core/clock.h"
#include "signing/keys/key.h"
#include "signing/pades/pades.h"

namespace sohoa {

/// State of a signing key before a batch uses it.
struct KeyState {
  int daysLeft = 0;  ///< whole days until the certificate expires
  /// A server was asked and answered that no certificate of the path is revoked.
  bool revocationKnown = false;
  std::string unknownBecause;  ///< technical reason, when revocation is not known
};

/// Checks the signing certificate before a batch: validity period, usage, and revocation when
/// `services` has a revocation client and anchors. A missing revocation response is no error:
/// signing at B-B and B-T can go on, and the state says why it is missing. Throws
/// BatchError(certificateExpired
/// certificateNotYetValid
/// certificateUsage
/// certificateRevoked).
KeyState checkKey(const SigningKey& key, const SigningServices& services, Time now);

}  // namespace sohoa
