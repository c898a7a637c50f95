#include "storage/disk/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "core/durable.h"
#include "core/result.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// An open file; closes quietly unless close() was called, which reports what a delayed write met.
class OpenFile {
 public:
  OpenFile(const fs::path& path, int flags) : path_(path) {
    fd_ = ::open(path.c_str(), flags | O_CLOEXEC, 0644);
    if (fd_ < 0) throwDiskError("cannot open", path, errno);
  }
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  std::size_t read(std::vector<char>& buffer) {
    for (;;) {
      const ssize_t n = ::read(fd_, buffer.data(), buffer.size());
      if (n >= 0) return static_cast<std::size_t>(n);
      if (errno != EINTR) throwDiskError("cannot read", path_, errno);
    }
  }
  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throwDiskError("cannot write", path_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  void close() {
    if (::close(std::exchange(fd_, -1)) != 0) throwDiskError("cannot close", path_, errno);
  }

 private:
  fs::path path_;
  int fd_ = -1;
};

struct Entry {
  fs::path path;
  bool isFolder;
};

/// Everything below the folder, deepest first, then the folder.
void collect(const fs::path& folder, std::vector<Entry>& entries) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) {
      collect(entry.path(), entries);
    } else {
      entries.push_back({entry.path(), false});
    }
  }
  entries.push_back({folder, true});
}

/// Syncs all, in no order; throws the first error when all are done.
void syncTogether(const std::vector<Entry>& entries) {
  constexpr std::size_t kThreads = 8;
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr error;
  const auto work = [&] {
    for (std::size_t i = next++; i < entries.size(); i = next++) {
      try {
        entries[i].isFolder ? syncFolder(entries[i].path) : syncFile(entries[i].path);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!error) error = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> helpers;
    try {
      while (helpers.size() + 1 < std::min(kThreads, entries.size())) helpers.emplace_back(work);
    } catch (const std::system_error&) {  // no more threads to be had: fewer do it too
    }
    work();
  }
  if (error) std::rethrow_exception(error);
}

}  // namespace

Disk::Written Disk::copy(const fs::path& from, const fs::path& to) const {
  announce("copy", to);
  OpenFile in(from, O_RDONLY);
  OpenFile out(to, O_WRONLY | O_CREAT | O_EXCL);
  std::vector<char> buffer(1 << 18);
  Sha512Stream hash;
  Written written;
  while (const std::size_t n = in.read(buffer)) {
    const std::string_view piece(buffer.data(), n);
    hash.add(piece);
    out.write(piece);
    written.bytes += n;
  }
  out.close();
  written.sha512 = hash.finish();
  return written;
}

void Disk::write(const fs::path& file, std::string_view bytes) const {
  announce("write", file);
  OpenFile out(file, O_WRONLY | O_CREAT | O_EXCL);
  out.write(bytes);
  out.close();
}

void Disk::makeFolder(const fs::path& folder) const {
  announce("make folder", folder);
  if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) {
    throwDiskError("cannot create", folder, errno);
  }
}

void Disk::syncFile(const fs::path& file) const {
  announce("sync file", file);
  sohoa::syncFile(file);
}

void Disk::syncFolder(const fs::path& folder) const {
  announce("sync folder", folder);
  sohoa::syncFolder(folder);
}

void Disk::syncTree(const fs::path& folder) const {
  std::vector<Entry> entries;
  collect(folder, entries);
  for (const Entry& entry : entries) {
    announce(entry.isFolder ? "sync folder" : "sync file", entry.path);
  }
  syncTogether(entries);
}

bool Disk::rename(const fs::path& from, const fs::path& to) const {
  announce("rename", to);
  if (::rename(from.c_str(), to.c_str()) == 0) return true;
  if (errno == EEXIST || errno == ENOTEMPTY) return false;
  throwDiskError("cannot rename to", to, errno);
}

void Disk::removeFile(const fs::path& file) const {
  announce("remove", file);
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) throwDiskError("cannot remove", file, errno);
}

void Disk::removeTree(const fs::path& folder) const {
  announce("remove", folder);
  std::error_code error;
  fs::remove_all(folder, error);
  if (error) throwDiskError("cannot remove", folder, error.value());
}

}  // namespace sohoa
