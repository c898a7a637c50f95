#include "pipeline/workers/message_framing.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>

namespace sohoa {
namespace {

std::uint32_t lengthAt(std::string_view header) {
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    length |= static_cast<std::uint32_t>(static_cast<unsigned char>(header[i])) << (8 * i);
  }
  return length;
}

}  // namespace

void sendFrame(int fd, std::string_view message) {
  std::string bytes;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    bytes += static_cast<char>((message.size() >> shift) & 0xff);
  }
  bytes += message;
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const ssize_t n = ::send(fd, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (n >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd wait{fd, POLLOUT, 0};
      ::poll(&wait, 1, 1000);
    } else if (errno != EINTR) {
      return;
    }
  }
}

bool takeFrame(std::string& buffer, std::string& message) {
  if (buffer.size() < 4) return false;
  const std::size_t length = lengthAt(buffer);
  if (buffer.size() < 4 + length) return false;
  message = buffer.substr(4, length);
  buffer.erase(0, 4 + length);
  return true;
}

bool receiveFrame(int fd, std::string& message) {
  std::string buffer;
  char piece[1 << 16];
  while (!takeFrame(buffer, message)) {
    const ssize_t n = ::recv(fd, piece, sizeof piece, 0);
    if (n > 0) {
      buffer.append(piece, static_cast<std::size_t>(n));
    } else if (n == 0 || errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace sohoa
