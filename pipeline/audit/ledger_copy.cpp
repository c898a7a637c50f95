#include "pipeline/audit/ledger_copy.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "core/durable.h"
#include "core/result.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// Number of bytes up to and including the last newline; 0 if there is no file.
std::uintmax_t completeSize(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::uintmax_t at = 0, complete = 0;
  std::vector<char> buffer(1 << 16);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), in.gcount() > 0) {
    const auto n = static_cast<std::size_t>(in.gcount());
    for (std::size_t i = n; i > 0; --i) {
      if (buffer[i - 1] != '\n') continue;
      complete = at + i;
      break;
    }
    at += n;
  }
  return complete;
}

/// Whether both files begin with the same `size` bytes.
bool sameBeginning(const fs::path& a, const fs::path& b, std::uintmax_t size) {
  std::ifstream one(a, std::ios::binary), other(b, std::ios::binary);
  std::vector<char> left(1 << 16), right(1 << 16);
  while (size > 0) {
    const auto want = static_cast<std::streamsize>(std::min<std::uintmax_t>(size, left.size()));
    one.read(left.data(), want);
    other.read(right.data(), want);
    if (one.gcount() != want || other.gcount() != want) return false;
    if (std::memcmp(left.data(), right.data(), static_cast<std::size_t>(want)) != 0) return false;
    size -= static_cast<std::uintmax_t>(want);
  }
  return true;
}

void appendDurably(const fs::path& file, const std::string& bytes) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  int error = fd < 0 ? errno : 0;
  for (std::size_t done = 0; error == 0 && done < bytes.size();) {
    const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) error = errno;
    if (n >= 0) done += static_cast<std::size_t>(n);
  }
  if (error == 0 && ::fsync(fd) != 0) error = errno;
  if (fd >= 0) ::close(fd);
  if (error == 0) return;
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw BatchError(full ? Cause::diskFull : Cause::diskError,
                   file.string() + ": " + std::strerror(error));
}

std::uintmax_t sizeOf(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  return error ? 0 : size;
}

}  // namespace

bool LedgerCopy::continues() const {
  // A kill may have left half a line in the target, which is a prefix of the source all the same.
  const std::uintmax_t have = sizeOf(target_);
  return have <= sizeOf(source_) && sameBeginning(source_, target_, have);
}

void LedgerCopy::bringUp(const std::function<void(const LedgerEntry&)>& before) const {
  for (;;) {
    const std::uintmax_t have = sizeOf(target_), complete = completeSize(source_);
    if (have >= complete) return;
    // Start at the beginning of the line with which the target ends, in case it is incomplete.
    const std::uintmax_t from = completeSize(target_);
    std::ifstream in(source_, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(from));
    std::string lines, line;
    constexpr std::size_t kPiece = 1 << 22;
    std::uintmax_t at = from;
    while (at < complete && lines.size() < kPiece && std::getline(in, line)) {
      at += line.size() + 1;
      lines += line + '\n';
    }
    if (lines.empty()) return;
    Ledger::forEachLine(lines, before);
    appendDurably(target_, lines.substr(static_cast<std::size_t>(have - from)));
    if (have == 0) syncFolder(fs::absolute(target_).parent_path());
  }
}

std::string LedgerCopy::restore(const fs::path& aside) const {
  if (Ledger(source_).check().firstBroken)
    return "the chain of the copy's ledger is broken: left as it is";
  const std::uintmax_t have = completeSize(target_), complete = completeSize(source_);
  if (have >= complete && sameBeginning(source_, target_, complete))
    return "";  // the site has more
  const auto replace = [&] {
    const fs::path fresh = target_.native() + ".restored";
    fs::remove(fresh);
    copyFileDurably(source_, fresh);
    renameDurably(fresh, target_);
  };
  if (have == 0 || (have < complete && sameBeginning(source_, target_, have))) {
    replace();
    return "";
  }
  bool broken = false;
  try {
    broken = Ledger(target_).check().firstBroken.has_value();
  } catch (const BatchError& error) {
    if (error.cause() != Cause::ledgerBroken) throw;
    broken = true;
  }
  if (!broken) return "site and copy have ledgers of different histories: left as it is";
  renameDurably(target_, aside);
  replace();
  return "";
}

}  // namespace sohoa
