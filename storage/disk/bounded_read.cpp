#include "storage/disk/bounded_read.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace sohoa {
namespace {

/// Reads to the end of the file or of the limit; a file may grow meanwhile.
std::optional<std::string> readUpTo(int fd, std::uintmax_t limit) {
  std::string bytes;
  constexpr std::size_t kPiece = 1 << 16;
  for (;;) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kPiece);
    const ssize_t n = ::read(fd, bytes.data() + before, kPiece);
    bytes.resize(before + (n > 0 ? static_cast<std::size_t>(n) : 0));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 || bytes.size() > limit) return std::nullopt;
    if (n == 0) return bytes;
  }
}

}  // namespace

std::optional<std::string> readSmallFile(const std::filesystem::path& file, std::uintmax_t limit) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  struct stat status {};
  std::optional<std::string> bytes;
  if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
      static_cast<std::uintmax_t>(status.st_size) <= limit) {
    bytes = readUpTo(fd, limit);
  }
  ::close(fd);
  return bytes;
}

}  // namespace sohoa
