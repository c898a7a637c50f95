#include "storage/ledger/ledger.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <optional>

#include "core/durable.h"
#include "core/result.h"
#include "core/texts/json.h"
#include "storage/disk/disk.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;  // keys are sorted: part of the format

constexpr std::string_view kHashKey = ",\"hash\":\"";

/// The ledger file, locked until the end of scope.
class LockedFile {
 public:
  LockedFile(const fs::path& file, int flags, int lock) : path_(file) {
    fd_ = ::open(file.c_str(), flags | O_CLOEXEC, 0644);
    if (fd_ < 0) throwDiskError("cannot open", file, errno);
    while (::flock(fd_, lock) != 0) {
      if (errno == EINTR) continue;
      const int error = errno;
      ::close(fd_);
      throwDiskError("cannot lock", file, error);
    }
  }
  ~LockedFile() { ::close(fd_); }
  LockedFile(const LockedFile&) = delete;
  LockedFile& operator=(const LockedFile&) = delete;

  off_t size() const {
    struct stat status {};
    if (::fstat(fd_, &status) != 0) throwDiskError("cannot stat", path_, errno);
    return status.st_size;
  }

  std::string read(off_t from, off_t to) const {
    std::string bytes(static_cast<std::size_t>(to - from), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t n =
          ::pread(fd_, bytes.data() + done, bytes.size() - done, from + static_cast<off_t>(done));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) throwDiskError("cannot read", path_, n < 0 ? errno : EIO);
      done += static_cast<std::size_t>(n);
    }
    return bytes;
  }

  /// End of the last complete line, before or at `before`.
  off_t lineEnd(off_t before) const {
    constexpr off_t kPiece = 4096;
    for (off_t end = before; end > 0;) {
      const off_t begin = end > kPiece ? end - kPiece : 0;
      const auto newline = read(begin, end).rfind('\n');
      if (newline != std::string::npos) return begin + static_cast<off_t>(newline) + 1;
      end = begin;
    }
    return 0;
  }

  void truncate(off_t size) const {
    if (::ftruncate(fd_, size) != 0) throwDiskError("cannot truncate", path_, errno);
    sync();
  }

  /// Without a sync. The errno of what went wrong, or 0.
  int write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return errno;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return 0;
  }

  void append(std::string_view bytes) const { append(bytes, size()); }
  /// `before`: where the file ends if this fails.
  void append(std::string_view bytes, off_t before) const {
    int error = write(bytes);
    if (error == 0 && ::fsync(fd_) != 0) error = errno;
    if (error != 0) {
      // append() has not returned, so the entry does not exist: leave no half of it.
      if (::ftruncate(fd_, before) != 0) throwDiskError("cannot truncate", path_, errno);
      throwDiskError("cannot write", path_, error);
    }
  }

 private:
  void sync() const {
    if (::fsync(fd_) != 0) throwDiskError("cannot sync", path_, errno);
  }
  fs::path path_;
  int fd_;
};

/// The line without its hash: what is hashed.
std::string unhashed(const LedgerEntry& entry) {
  return jsonTextReplacing(Json{{"action", entry.action},
                                {"actor", entry.actor},
                                {"at", isoUtc(entry.at)},
                                {"details", entry.details},
                                {"previous", entry.previous.hex()},
                                {"sequence", entry.sequence},
                                {"subject", entry.subject}});
}

/// The line of an entry, without the newline: the hash is appended as the last key.
std::string hashed(const std::string& line, const Sha512& hash) {
  return line.substr(0, line.size() - 1) + std::string(kHashKey) + hash.hex() + "\"}";
}

struct Line {
  LedgerEntry entry;
  Sha512 actual{};  ///< hash of what the line says
};

/// Nothing when the line is no entry; `problem` says why.
std::optional<Line> parse(const std::string& text, std::string& problem) {
  const auto at = text.rfind(kHashKey);
  const Json json = parseJsonOrDiscard(text);
  problem = "is not an entry";
  if (at == std::string::npos || !json.is_object()) return std::nullopt;
  try {
    Line line;
    LedgerEntry& entry = line.entry;
    entry.action = json.at("action").get<std::string>();
    entry.actor = json.at("actor").get<std::string>();
    entry.details = json.at("details").get<std::map<std::string, std::string>>();
    entry.sequence = json.at("sequence").get<std::uint64_t>();
    entry.subject = json.at("subject").get<std::string>();
    const auto time = parseIsoTime(json.at("at").get<std::string>());
    const auto previous = Sha512::fromHex(json.at("previous").get<std::string>());
    const auto hash = Sha512::fromHex(json.at("hash").get<std::string>());
    if (!time || !previous || !hash || json.size() != 8) return std::nullopt;
    entry.at = *time;
    entry.previous = *previous;
    entry.hash = *hash;
    line.actual = sha512(text.substr(0, at) + "}");
    // Bytes that parse to the same values in another spelling would escape the hash.
    if (hashed(text.substr(0, at) + "}", *hash) != text) return std::nullopt;
    return line;
  } catch (const Json::exception& error) {
    problem = std::string("is not an entry: ") + error.what();
    return std::nullopt;
  }
}

[[noreturn]] void broken(const fs::path& file, const std::string& what) {
  throw BatchError(Cause::ledgerBroken, file.string() + ": " + what);
}

/// The last entry, proved; nothing for an empty ledger. Cuts off an unfinished line.
std::optional<LedgerEntry> lastEntry(const LockedFile& file, const fs::path& path) {
  const off_t size = file.size(), end = file.lineEnd(size);
  if (end != size) file.truncate(end);
  if (end == 0) return std::nullopt;
  std::string problem;
  const auto line = parse(file.read(file.lineEnd(end - 1), end - 1), problem);
  if (!line) broken(path, "the last line " + problem);
  if (line->actual != line->entry.hash) broken(path, "the last entry does not fit its hash");
  return line->entry;
}

}  // namespace

Ledger::Ledger(fs::path file) : file_(std::move(file)) {
  std::error_code error;
  if (!fs::exists(file_, error)) return;                              // made by the first append
  if (::access(file_.c_str(), W_OK) != 0 && errno != ENOENT) return;  // a reader's
  lastEntry(LockedFile(file_, O_RDWR, LOCK_EX), file_);
}

LedgerEntry Ledger::append(LedgerEntry entry) {
  std::error_code error;
  const bool fresh = !fs::exists(file_, error);
  const LockedFile file(file_, O_RDWR | O_APPEND | O_CREAT, LOCK_EX);
  const auto last = lastEntry(file, file_);
  entry.sequence = last ? last->sequence + 1 : 1;
  entry.previous = last ? last->hash : Sha512{};
  const std::string line = unhashed(entry);
  entry.hash = sha512(line);
  file.append(hashed(line, entry.hash) + "\n");
  if (fresh) {
    syncFolder(file_.has_parent_path() ? file_.parent_path() : fs::path("."));
  }
  return entry;
}

std::uint64_t Ledger::appendAll(const std::function<std::optional<LedgerEntry>()>& next) {
  constexpr std::size_t kPiece = 1u << 20;
  std::error_code error;
  const bool fresh = !fs::exists(file_, error);
  const LockedFile file(file_, O_RDWR | O_APPEND | O_CREAT, LOCK_EX);
  const auto last = lastEntry(file, file_);
  const off_t before = file.size();
  std::uint64_t sequence = last ? last->sequence : 0, count = 0;
  Sha512 previous = last ? last->hash : Sha512{};
  std::string piece;
  try {
    while (auto entry = next()) {
      entry->sequence = ++sequence;
      entry->previous = previous;
      const std::string line = unhashed(*entry);
      previous = sha512(line);
      piece += hashed(line, previous) + "\n";
      ++count;
      if (piece.size() < kPiece) continue;
      if (const int failure = file.write(piece); failure != 0) {
        throwDiskError("cannot write", file_, failure);
      }
      piece.clear();
    }
  } catch (...) {
    file.truncate(before);
    throw;
  }
  file.append(piece, before);
  if (fresh) {
    syncFolder(file_.has_parent_path() ? file_.parent_path() : fs::path("."));
  }
  return count;
}

void Ledger::forEach(const std::function<void(const LedgerEntry&)>& visit) const {
  std::ifstream in(file_, std::ios::binary);
  std::string text, problem;
  for (std::uint64_t number = 1; std::getline(in, text); ++number) {
    if (in.eof()) return;  // no newline: not finished yet, or never
    const auto line = parse(text, problem);
    if (!line) broken(file_, "line " + std::to_string(number) + " " + problem);
    visit(line->entry);
  }
}

void Ledger::forEachWith(std::string_view text,
                         const std::function<void(const LedgerEntry&)>& visit) const {
  std::ifstream in(file_, std::ios::binary);
  std::string line, problem;
  for (std::uint64_t number = 1; std::getline(in, line) && !in.eof(); ++number) {
    if (line.find(text) == std::string::npos) continue;
    const auto entry = parse(line, problem);
    if (!entry) broken(file_, "line " + std::to_string(number) + " " + problem);
    visit(entry->entry);
  }
}

std::optional<LedgerEntry> Ledger::last() const {
  std::error_code error;
  if (!fs::exists(file_, error)) return std::nullopt;
  const LockedFile file(file_, O_RDONLY, LOCK_SH);
  const off_t end = file.lineEnd(file.size());
  if (end == 0) return std::nullopt;
  std::string problem;
  const auto line = parse(file.read(file.lineEnd(end - 1), end - 1), problem);
  if (!line) broken(file_, "the last line " + problem);
  return line->entry;
}

void Ledger::forEachLine(std::string_view lines,
                         const std::function<void(const LedgerEntry&)>& visit) {
  std::string problem;
  for (std::size_t at = 0; at < lines.size();) {
    const auto end = std::min(lines.find('\n', at), lines.size());
    const auto line = parse(std::string(lines.substr(at, end - at)), problem);
    if (!line) broken("a ledger", "a line " + problem);
    visit(line->entry);
    at = end + 1;
  }
}

Ledger::Check Ledger::check(const std::function<void(const LedgerEntry&)>& visit) const {
  Check check;
  std::ifstream in(file_, std::ios::binary);
  std::string text, problem;
  Sha512 previous{};
  while (std::getline(in, text) && !in.eof()) {
    const std::uint64_t expected = check.entries + 1;
    const auto fail = [&](std::string what) {
      check.firstBroken = expected;
      check.problem = "entry " + std::to_string(expected) + " " + std::move(what);
    };
    const auto line = parse(text, problem);
    if (!line) {
      fail(problem);
    } else if (line->actual != line->entry.hash) {
      fail("does not fit its hash: it was changed");
    } else if (line->entry.sequence != expected) {
      fail("has sequence " + std::to_string(line->entry.sequence) + ": entries are missing");
    } else if (line->entry.previous != previous) {
      fail("does not follow the entry before it");
    }
    if (check.firstBroken) return check;
    previous = line->entry.hash;
    ++check.entries;
    if (visit) visit(line->entry);
  }
  return check;
}

}  // namespace sohoa
