#include "signing/growing_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "core/durable.h"
#include "pdf/posix_write.h"
#include "signing/key_use.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// By the kernel where it can (some file systems then share the blocks), else through memory.
void copyAll(int from, std::size_t size, const fs::path& source, int to, const fs::path& target) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t n = ::copy_file_range(from, nullptr, to, nullptr, size - done, 0);
    if (n > 0) {
      done += static_cast<std::size_t>(n);
      continue;
    }
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)) throwDiskError(target);
    break;
  }
  if (done == size) return;
  const MappedFile rest(source);
  writeAll(to, rest.bytes().substr(std::min(done, rest.bytes().size())), target);
}

}  // namespace

RunningDigest::RunningDigest(const EVP_MD* method) : context_(EVP_MD_CTX_new()) {
  if (EVP_DigestInit_ex(context_.get(), method, nullptr) != 1) {
    throw BatchError(Cause::signingStopped, drainOpensslErrors());
  }
}

RunningDigest::RunningDigest(const RunningDigest& other) : context_(EVP_MD_CTX_new()) {
  if (EVP_MD_CTX_copy_ex(context_.get(), other.context_.get()) != 1) {
    throw BatchError(Cause::signingStopped, drainOpensslErrors());
  }
}

void RunningDigest::add(std::string_view data) {
  EVP_DigestUpdate(context_.get(), data.data(), data.size());
}

std::string RunningDigest::soFar() const {
  const RunningDigest copy(*this);
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  if (EVP_DigestFinal_ex(copy.context_.get(), reinterpret_cast<unsigned char*>(digest.data()),
                         &size) != 1) {
    throw BatchError(Cause::signingStopped, drainOpensslErrors());
  }
  digest.resize(size);
  return digest;
}

GrowingFile::GrowingFile(const fs::path& original, fs::path target, SignatureDigest kind)
    : target_(std::move(target)), kind_(kind), digest_(methodOf(kind)) {
  static std::atomic<unsigned> counter{0};
  const auto unreadable = [&](int error) {
    throw fs::filesystem_error("cannot read", original,
                               std::error_code(error, std::generic_category()));
  };
  const int from = ::open(original.c_str(), O_RDONLY | O_CLOEXEC);
  if (from < 0) unreadable(errno);
  struct stat status {};
  if (::fstat(from, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(from);
    unreadable(EINVAL);
  }
  part_ = target_.parent_path() /
          fmt::format(".{}.tmp{}-{}", target_.filename().string(), ::getpid(), counter++);
  file_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  try {
    if (file_ < 0) throwDiskError(part_);
    copyAll(from, static_cast<std::size_t>(status.st_size), original, file_, part_);
    mapped_.emplace(part_);
  } catch (...) {
    ::close(from);
    if (file_ >= 0) ::close(file_);
    ::unlink(part_.c_str());
    throw;
  }
  ::close(from);
  digest_.add(mapped_->bytes());
}

GrowingFile::~GrowingFile() {
  if (file_ >= 0) ::close(file_);
  if (!published_) ::unlink(part_.c_str());
}

void GrowingFile::append(std::string_view update) {
  writeAll(file_, update, part_);
  digest_.add(update);
  mapped_.reset();  // mapped anew when somebody looks
}

std::string_view GrowingFile::bytes() const {
  if (!mapped_) mapped_.emplace(part_);
  return mapped_->bytes();
}

void GrowingFile::publish(bool sync) {
  mapped_.reset();
  if (sync && ::fsync(file_) != 0) throwDiskError(part_);
  const int failed = ::close(file_);
  file_ = -1;
  if (failed != 0) throwDiskError(part_);
  if (sync) {
    renameDurably(part_, target_);
  } else if (::rename(part_.c_str(), target_.c_str()) != 0) {
    throwDiskError(target_);
  }
  published_ = true;
}

}  // namespace sohoa
