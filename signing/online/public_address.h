#pragma once

#include <sys/socket.h>

namespace sohoa {

/// Whether an internet address (IPv4, IPv6, IPv4 inside IPv6) can be one of the public internet:
/// neither loopback, private, shared, link-local, documentation, multicast nor reserved (RFC 6890).
/// Anything else than an internet address is not.
bool isPublicAddress(const sockaddr& address);

}  // namespace sohoa
