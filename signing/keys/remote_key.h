#pragma once

#include <functional>

#include "signing/keys/key.h"

namespace sohoa {

/// Keeps the private key out of the process that parses foreign documents. Forks before the key is
/// loaded: the child runs `work` and asks for signatures through a socket; the parent loads the key
/// with `loadKey`, signs the digests it receives (at most 16) and parses nothing else. Returns the
/// exit code of `work`. Rethrows a BatchError of either process. Call it while the process has one
/// thread only. Throws BatchError(signingStopped) when the child dies.
int signOutside(const std::function<SigningKey()>& loadKey,
                const std::function<int(const SigningKey&)>& work);

}  // namespace sohoa
