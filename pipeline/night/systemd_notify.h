#pragma once

#include <string>

namespace sohoa {

/// Tells a service manager how things stand ("READY=1", "STATUS=…", "STOPPING=1"), as sd_notify(3)
/// does: a datagram to $NOTIFY_SOCKET. Nothing happens where there is none.
void tellServiceManager(const std::string& state);

}  // namespace sohoa
