#include "storage/repository/transaction.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "core/durable.h"
#include "core/result.h"
#include "core/texts/json.h"
#include "storage/ocfl/ocfl_layout.h"
#include "storage/ocfl/ocfl_object.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr char kNote[] = "transaction.json", kLock[] = "lock", kNew[] = "new";

/// Takes the lock of a transaction folder; -1 when the folder was removed meanwhile and, unless
/// `wait`, when somebody else holds it or nothing may be written here (a read-only copy).
int takeLock(const fs::path& folder, bool wait) {
  const fs::path file = folder / kLock;
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) {
    if (errno == ENOENT) return -1;
    if (!wait && (errno == EROFS || errno == EACCES || errno == EPERM)) return -1;
    throwDiskError("cannot open", file, errno);
  }
  while (::flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    const int error = errno;
    ::close(fd);
    if (error == EWOULDBLOCK) return -1;
    throwDiskError("cannot lock", file, error);
  }
  struct stat held {
  }, there{};
  if (::fstat(fd, &held) == 0 && ::stat(file.c_str(), &there) == 0 && held.st_ino == there.st_ino &&
      held.st_dev == there.st_dev) {
    return fd;
  }
  ::close(fd);  // the holder before us removed it
  return -1;
}

/// Copies the newest version's inventory over the object root's, inventory before sidecar
/// (OCFL 1.1, 3.6: the sidecar is written last).
void bringUpRootInventory(const fs::path& object, const fs::path& newest, const fs::path& work,
                          const Disk& disk) {
  if (!inventoryHolds(newest)) {
    throw BatchError(Cause::repositoryDamaged, newest.string() + ": inventory.json does not fit");
  }
  for (const std::string_view name : {kInventoryName, kSidecarName}) {
    const std::string bytes = readFile(newest / name);
    std::error_code error;
    if (fs::exists(object / name, error) && readFile(object / name) == bytes) continue;
    disk.removeFile(work / name);
    disk.write(work / name, bytes);
    disk.syncFile(work / name);
    disk.rename(work / name, object / name);
  }
  disk.syncFolder(object);
}

/// What a transaction folder says about the commit that a crash interrupted.
void recover(const fs::path& root, const fs::path& folder, const Disk& disk) {
  std::error_code error;
  // Without a readable note nothing can have been published: it is synced before.
  if (fs::is_regular_file(folder / kNote, error)) {
    const auto note = parseJsonOrDiscard(readFile(folder / kNote));
    if (note.is_object() && note.contains("object") && note.contains("version")) {
      const fs::path object = root / layoutPath(note["object"].get<std::string>());
      const fs::path version = object / ("v" + std::to_string(note["version"].get<int>()));
      if (fs::is_directory(version, error)) bringUpRootInventory(object, version, folder, disk);
    }
  }
  for (const auto& entry : std::vector<fs::directory_entry>(fs::directory_iterator(folder), {})) {
    if (entry.path().filename() != kLock) disk.removeTree(entry.path());
  }
}

/// The lock goes last: whoever waits for it must not find a folder that is half removed.
void removeFolder(const fs::path& root, const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry :
       std::vector<fs::directory_entry>(fs::directory_iterator(folder, ignored), {})) {
    if (entry.path().filename() != kLock) fs::remove_all(entry.path(), ignored);
  }
  fs::remove(folder / kLock, ignored);
  ::rmdir(folder.c_str());
  ::rmdir(workArea(root).c_str());  // stays when others are at work
}

}  // namespace

fs::path workArea(const fs::path& root) { return root / "extensions" / "sohoa-work"; }

Transaction::Transaction(const fs::path& root, const std::string& objectId, const Disk& disk)
    : root_(root),
      folder_(workArea(root) / encapsulationFolder(objectId)),
      objectId_(objectId),
      disk_(disk) {
  // Others remove these folders when they are done, so each step may have to be repeated.
  while (lock_ < 0) {
    disk.makeFolder(workArea(root));
    if (::mkdir(folder_.c_str(), 0755) != 0 && errno != EEXIST) {
      if (errno == ENOENT) continue;
      throwDiskError("cannot create", folder_, errno);
    }
    lock_ = takeLock(folder_, true);
  }
  try {
    recover(root_, folder_, disk_);
  } catch (...) {
    ::close(lock_);
    throw;
  }
}

Transaction::~Transaction() {
  if (!keep_) removeFolder(root_, folder_);
  ::close(lock_);
}

void Transaction::note(int version) {
  disk_.write(folder_ / kNote,
              jsonText(nlohmann::json{{"object", objectId_}, {"version", version}}) + "\n");
  disk_.syncFile(folder_ / kNote);
  disk_.syncFolder(folder_);
  disk_.syncFolder(workArea(root_));
  disk_.syncFolder(workArea(root_).parent_path());
}

bool Transaction::publishObject() {
  fs::path from = folder_ / kNew, to = root_;
  for (const fs::path& part : layoutPath(objectId_)) {
    from /= part;
    to /= part;
    std::error_code error;
    if (fs::exists(to, error)) continue;
    if (!disk_.rename(from, to)) continue;  // another object's writer was faster: one deeper
    // All the way up: a folder above may be that other writer's, not synced by him yet.
    for (to = to.parent_path();; to = to.parent_path()) {
      disk_.syncFolder(to);
      if (to == root_) return true;
    }
  }
  return false;
}

void Transaction::publishVersion(int version) {
  const fs::path object = root_ / layoutPath(objectId_);
  const std::string name = "v" + std::to_string(version);
  if (!disk_.rename(folder_ / name, object / name)) {
    throw BatchError(Cause::repositoryDamaged, (object / name).string() + " exists already");
  }
  try {
    disk_.syncFolder(object);
    disk_.rename(folder_ / kInventoryName, object / kInventoryName);
  } catch (...) {
    // Readers go by the root inventory: it has not changed, so the version can be taken back.
    keep_ = ::rename((object / name).c_str(), (folder_ / name).c_str()) != 0;
    throw;
  }
  keep_ = true;  // from here on there is only the way forward
  disk_.syncFolder(object);
  disk_.rename(folder_ / kSidecarName, object / kSidecarName);
  disk_.syncFolder(object);
  keep_ = false;
}

void Transaction::recoverAll(const fs::path& root, const Disk& disk) {
  std::error_code error;
  if (!fs::is_directory(workArea(root), error)) return;
  for (const auto& entry :
       std::vector<fs::directory_entry>(fs::directory_iterator(workArea(root), error), {})) {
    if (!entry.is_directory(error)) continue;
    const int lock = takeLock(entry.path(), false);
    if (lock < 0) continue;  // a living writer's
    try {
      recover(root, entry.path(), disk);
      removeFolder(root, entry.path());
    } catch (...) {
      ::close(lock);
      throw;
    }
    ::close(lock);
  }
  ::rmdir(workArea(root).c_str());
}

}  // namespace sohoa
