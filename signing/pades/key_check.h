#pragma once

#include <string>

#include "core/clock.h"
#include "signing/keys/key.h"
#include "signing/pades/pades.h"

namespace sohoa {

/// What was found of a key before it is used.
struct KeyState {
  int daysLeft = 0;  ///< whole days until the certificate expires
  /// A server was asked and says: not revoked.
  bool revocationKnown = false;
  std::string unknownBecause;  ///< technical words, when it is not known
};

/// Looks at the signing certificate before a batch: validity, usage, and revocation when the
/// services can ask. Without an answer signing may go on at B-B and B-T; the state says so.
/// Throws BatchError(certificateExpired | certificateNotYetValid | certificateUsage |
/// certificateRevoked).
KeyState checkKey(const SigningKey& key, const SigningServices& services, Time now);

}  // namespace sohoa
