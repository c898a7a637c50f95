#include "core/durable.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

#include "core/result.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

class File {
 public:
  File(fs::path path, int flags, mode_t mode = 0644)
      : path_(std::move(path)), fd_(::open(path_.c_str(), flags | O_CLOEXEC, mode)) {
    if (fd_ < 0) throwDiskError("cannot open", path_, errno);
  }
  /// Creates a file under the first free name that `next` gives.
  template <class Next>
  static File createUnder(Next next) {
    for (;;) {
      const fs::path path = next();
      const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
      if (fd >= 0) return File(path, fd, Opened{});
      if (errno != EEXIST) throwDiskError("cannot open", path, errno);
    }
  }
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  const fs::path& path() const { return path_; }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throwDiskError("cannot write", path_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  std::size_t read(char* buffer, std::size_t size) {
    for (;;) {
      const ssize_t n = ::read(fd_, buffer, size);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throwDiskError("cannot read", path_, errno);
      return static_cast<std::size_t>(n);
    }
  }
  void sync() {
    if (::fsync(fd_) != 0) throwDiskError("cannot sync", path_, errno);
  }
  void close() {
    const int fd = fd_;
    fd_ = -1;
    if (::close(fd) != 0) throwDiskError("cannot close", path_, errno);
  }

 private:
  struct Opened {};
  File(fs::path path, int fd, Opened /*unused*/) : path_(std::move(path)), fd_(fd) {}
  fs::path path_;
  int fd_;
};

/// A name that starts with '.' so that a leftover of a killed run is recognisable. Process numbers
/// come round again, so the name may be taken. It is cut to fit where names end at 255 bytes.
fs::path temporaryBeside(const fs::path& file) {
  static std::atomic<unsigned> counter{0};
  return file.parent_path() / ("." + file.filename().string().substr(0, 200) + ".tmp" +
                               std::to_string(::getpid()) + "-" + std::to_string(counter++));
}

fs::path folderOf(const fs::path& path) {
  const fs::path parent = path.parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

}  // namespace

void throwDiskError(std::string_view what, const fs::path& path, int error) {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw BatchError(
      full ? Cause::diskFull : Cause::diskError,
      std::string(what) + " " + path.string() + ": " + std::generic_category().message(error));
}

void writeFileDurably(const fs::path& file, std::string_view bytes) {
  File out = File::createUnder([&] { return temporaryBeside(file); });
  try {
    out.write(bytes);
    out.sync();
    out.close();
    if (::rename(out.path().c_str(), file.c_str()) != 0)
      throwDiskError("cannot rename to", file, errno);
  } catch (...) {
    ::unlink(out.path().c_str());
    throw;
  }
  syncFolder(folderOf(file));
}

void copyFileDurably(const fs::path& from, const fs::path& to) {
  File in(from, O_RDONLY);
  File out(to, O_WRONLY | O_CREAT | O_EXCL);
  try {
    std::string buffer(1 << 18, '\0');
    while (const std::size_t n = in.read(buffer.data(), buffer.size())) {
      out.write({buffer.data(), n});
    }
    out.sync();
    out.close();
  } catch (...) {
    ::unlink(to.c_str());
    throw;
  }
}

void syncFile(const fs::path& file) { File(file, O_RDONLY).sync(); }
void syncFolder(const fs::path& folder) { File(folder, O_RDONLY | O_DIRECTORY).sync(); }

void renameDurably(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) throwDiskError("cannot rename to", to, errno);
  syncFolder(folderOf(to));
  if (folderOf(from) != folderOf(to)) syncFolder(folderOf(from));
}

void createFoldersDurably(const fs::path& folder) {
  std::error_code unseen;  // what cannot be looked at, mkdir reports
  if (folder.empty() || fs::is_directory(folder, unseen)) return;
  createFoldersDurably(folder.parent_path());
  if (::mkdir(folder.c_str(), 0755) != 0) {
    const int error = errno;  // EEXIST: another thread was faster, or a file is in the way
    if (error != EEXIST || !fs::is_directory(folder, unseen))
      throwDiskError("cannot create", folder, error);
  }
  syncFolder(folderOf(folder));
}

std::string readFile(const fs::path& file) {
  const auto fail = [&](int error) {
    throw fs::filesystem_error("cannot read", file,
                               std::error_code(error, std::generic_category()));
  };
  std::ifstream in(file, std::ios::binary);
  if (!in) fail(errno);
  std::string bytes, buffer(1 << 16, '\0');
  while (in) {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    bytes.append(buffer, 0, static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) fail(errno != 0 ? errno : EIO);  // a folder can be opened, but not read
  return bytes;
}

}  // namespace sohoa
