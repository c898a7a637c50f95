#pragma once

#include <string>
#include <string_view>

namespace sohoa {

/// Messages over a stream socket: 4 bytes length, least significant first, then the payload.

/// Sends the whole message, blocking while the socket is full. A closed peer is not reported here:
/// the receiving side notices.
void sendFrame(int fd, std::string_view message);

/// Moves the first complete message from `buffer` to `message`; false when there is none yet.
bool takeFrame(std::string& buffer, std::string& message);

/// Blocks until one message has arrived; false at the end of the stream.
bool receiveFrame(int fd, std::string& message);

}  // namespace sohoa
