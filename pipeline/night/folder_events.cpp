#include "pipeline/night/folder_events.h"

#include <linux/magic.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cstdint>

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kEvents =
    IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_CLOSE_WRITE | IN_DELETE | IN_ATTRIB;
// Magic numbers missing in linux/magic.h of some kernels: cifs, smb2, 9p, fuse (sshfs, davfs).
constexpr long kShares[] = {NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, 0xFF534D42,
                            0xFE534D42,      V9FS_MAGIC,      0x65735546};

}  // namespace

bool onNetworkShare(const fs::path& folder) {
  struct statfs about {};
  if (::statfs(folder.c_str(), &about) != 0) return false;
  for (const long share : kShares) {
    if (static_cast<std::uint32_t>(about.f_type) == static_cast<std::uint32_t>(share)) return true;
  }
  return false;
}

FolderEvents::FolderEvents(const fs::path& folder) : folder_(folder) {
  fd_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (fd_ < 0) return;
  if (::inotify_add_watch(fd_, folder.c_str(), kEvents | IN_ONLYDIR) < 0) {
    ::close(fd_);
    fd_ = -1;
    return;
  }
  watchInside();
}

FolderEvents::~FolderEvents() {
  if (fd_ >= 0) ::close(fd_);
}

/// The marker that closes a batch is one level down. Adding a watch again has no effect.
void FolderEvents::watchInside() {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder_, none)) {
    if (entry.is_directory(none))
      ::inotify_add_watch(fd_, entry.path().c_str(), kEvents | IN_ONLYDIR);
  }
}

void FolderEvents::pause(std::chrono::milliseconds atMost) {
  ::poll(nullptr, 0, static_cast<int>(atMost.count()));
}

bool FolderEvents::wait(std::chrono::milliseconds atMost) {
  if (!usable()) {
    pause(atMost);
    return false;
  }
  watchInside();
  pollfd ready{fd_, POLLIN, 0};
  ::poll(&ready, 1, static_cast<int>(atMost.count()));
  char events[1 << 14];
  bool any = false;
  while (::read(fd_, events, sizeof events) > 0) any = true;
  return any;
}

}  // namespace sohoa
