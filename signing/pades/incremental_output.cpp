#include "signing/pades/incremental_output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <memory>

#include "core/durable.h"
#include "pdf/util/posix_write.h"
#include "signing/base/digest_method.h"
#include "signing/keys/key_use.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// Small enough to stay in the CPU cache between reading, writing and hashing.
constexpr std::size_t kPiece = 64 << 10;

/// Copies piece by piece and hashes each piece at once: the bytes written are the bytes hashed,
/// while they are still in the CPU cache.
void copyAll(int from, const fs::path& source, int to, const fs::path& target,
             RunningDigest& digest) {
  const std::unique_ptr<char[]> piece(new char[kPiece]);
  for (;;) {
    const ssize_t n = ::read(from, piece.get(), kPiece);
    if (n == 0) return;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      throw fs::filesystem_error("cannot read", source,
                                 std::error_code(errno, std::generic_category()));
    }
    const std::string_view bytes(piece.get(), static_cast<std::size_t>(n));
    writeAll(to, bytes, target);
    digest.add(bytes);
  }
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

IncrementalOutput::IncrementalOutput(const fs::path& original, fs::path target,
                                     SignatureDigest kind)
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
    if (file_ < 0) throwDiskError("cannot open", part_, errno);
    // Some file systems can share blocks between the copy and the original.
    if (::ioctl(file_, FICLONE, from) == 0) {
      mapped_.emplace(part_);
      digest_.add(mapped_->bytes());
    } else {
      copyAll(from, original, file_, part_, digest_);
    }
  } catch (...) {
    ::close(from);
    if (file_ >= 0) ::close(file_);
    ::unlink(part_.c_str());
    throw;
  }
  ::close(from);
}

IncrementalOutput::~IncrementalOutput() {
  if (file_ >= 0) ::close(file_);
  if (!published_) ::unlink(part_.c_str());
}

void IncrementalOutput::append(std::string_view update) {
  writeAll(file_, update, part_);
  digest_.add(update);
  mapped_.reset();  // the next bytes() maps the longer file
}

std::string_view IncrementalOutput::bytes() const {
  if (!mapped_) mapped_.emplace(part_);
  return mapped_->bytes();
}

void IncrementalOutput::publish(bool sync) {
  mapped_.reset();
  if (sync && ::fsync(file_) != 0) throwDiskError("cannot sync", part_, errno);
  const int failed = ::close(file_);
  file_ = -1;
  if (failed != 0) throwDiskError("cannot close", part_, errno);
  if (sync) {
    renameDurably(part_, target_);
  } else if (::rename(part_.c_str(), target_.c_str()) != 0) {
    throwDiskError("cannot rename to", target_, errno);
  }
  published_ = true;
}

}  // namespace sohoa
