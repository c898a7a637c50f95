#pragma once

#include <functional>

#include "signing/keys/key.h"

namespace sohoa {

/// Keeps a key away from the bytes of foreign documents: `work` runs in a child process that is
/// made before the key is loaded, and signs through a socket; the parent loads the key, answers
/// with signatures over digests and looks at nothing else. Gives what `work` returned (an exit
/// code). What either side throws of BatchError comes out of it here. To be called while the
/// process has one thread. Throws BatchError(signingStopped) when the child dies.
int signOutside(const std::function<SigningKey()>& loadKey,
                const std::function<int(const SigningKey&)>& work);

}  // namespace sohoa
