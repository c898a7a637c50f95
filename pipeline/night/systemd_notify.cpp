#include "pipeline/night/systemd_notify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace sohoa {

void tellServiceManager(const std::string& state) {
  const char* place = std::getenv("NOTIFY_SOCKET");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (place == nullptr || (*place != '/' && *place != '@')) return;
  const std::size_t length = std::strlen(place);
  if (length >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, place, length);
  if (*place == '@') address.sun_path[0] = '\0';  // abstract socket name
  const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
  (void)!::sendto(fd, state.data(), state.size(), MSG_NOSIGNAL,
                  reinterpret_cast<const sockaddr*>(&address), size);
  ::close(fd);
}

}  // namespace sohoa
