#pragma once

#include <string>

namespace sohoa {

/// Notifies systemd of the service's state ("READY=1", "STATUS=…", "STOPPING=1"), as sd_notify(3)
/// does: a datagram to $NOTIFY_SOCKET. Does nothing when that is not set.
void tellServiceManager(const std::string& state);

}  // namespace sohoa
