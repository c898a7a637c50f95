#pragma once

#include <string>
#include <string_view>

namespace sohoa {

/// Messages over a stream socket: 4 bytes length, least significant first, then the bytes.

/// Sends all of it, waiting where the socket is full. Nothing happens when the other end is gone:
/// the receiving side notices.
void sendFrame(int fd, std::string_view message);

/// Moves the first whole message from `buffer` to `message`; false when there is none yet.
bool takeFrame(std::string& buffer, std::string& message);

/// Blocks until one message is there; false at the end of the stream.
bool receiveFrame(int fd, std::string& message);

}  // namespace sohoa
