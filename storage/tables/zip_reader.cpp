#include "storage/tables/zip_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/result.h"

namespace sohoa {
namespace {

constexpr std::size_t kPiece = 64u << 10;
constexpr std::uint64_t kMostEntries = 10'000;
constexpr std::uint64_t kLongestDirectory = 16u << 20;
/// Workbooks pack to a tenth, deflate can do a thousandth: beyond this it is no workbook.
constexpr std::uint64_t kMostTimes = 300;
constexpr std::uint64_t kFree = 1u << 20;  ///< bytes that any entry may unpack to

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
  throw BatchError(Cause::registerFormat, file + ": " + why);
}

std::uint64_t number(std::string_view bytes, std::size_t at, int size) {
  std::uint64_t value = 0;
  for (int i = size - 1; i >= 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  }
  return value;
}

}  // namespace

ZipReader::ZipReader(const std::filesystem::path& file) : name_(file.filename().string()) {
  fd_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (fd_ < 0 || ::fstat(fd_, &status) != 0) {
    if (fd_ >= 0) ::close(fd_);
    refuse(name_, "cannot be opened");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
  try {
    readDirectory();
  } catch (...) {
    ::close(fd_);
    throw;
  }
}

ZipReader::~ZipReader() { ::close(fd_); }

std::string ZipReader::bytesAt(std::uint64_t offset, std::uint64_t size) const {
  if (offset > size_ || size > size_ - offset) refuse(name_, "the ZIP file is cut off");
  std::string bytes(size, '\0');
  for (std::uint64_t done = 0; done < size;) {
    const ssize_t n =
        ::pread(fd_, bytes.data() + done, size - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) refuse(name_, "cannot be read");
    done += static_cast<std::uint64_t>(n);
  }
  return bytes;
}

// APPNOTE.TXT 6.3.10, 4.3.16: end of central directory; 4.3.14, 4.3.15: its ZIP64 form
void ZipReader::readDirectory() {
  constexpr std::uint64_t kEnd = 22, kLongestComment = 65535;
  const std::uint64_t tail = std::min(size_, kEnd + kLongestComment);
  const std::string last = bytesAt(size_ - tail, tail);
  const auto end = last.rfind("PK\5\6");
  if (end == std::string::npos || end + kEnd > last.size()) refuse(name_, "not a ZIP file");
  std::uint64_t count = number(last, end + 10, 2), length = number(last, end + 12, 4),
                offset = number(last, end + 16, 4);
  if (offset == 0xFFFFFFFF || count == 0xFFFF || length == 0xFFFFFFFF) {
    if (end < 20 || last.compare(end - 20, 4, "PK\6\7") != 0) refuse(name_, "a damaged ZIP file");
    const std::string wide = bytesAt(number(last, end - 12, 8), 56);
    if (!wide.starts_with("PK\6\6")) refuse(name_, "a damaged ZIP file");
    count = number(wide, 32, 8);
    length = number(wide, 40, 8);
    offset = number(wide, 48, 8);
  }
  if (count > kMostEntries || length > kLongestDirectory) refuse(name_, "too many entries");
  const std::string directory = bytesAt(offset, length);
  for (std::size_t at = 0; entries_.size() < count && at + 46 <= directory.size();) {
    if (directory.compare(at, 4, "PK\1\2") != 0) refuse(name_, "a damaged ZIP file");
    const auto nameSize = number(directory, at + 28, 2), extraSize = number(directory, at + 30, 2);
    const auto whole = 46 + nameSize + extraSize + number(directory, at + 32, 2);
    if (at + whole > directory.size()) refuse(name_, "a damaged ZIP file");
    Entry entry;
    entry.method = static_cast<int>(number(directory, at + 10, 2));
    entry.crc = static_cast<std::uint32_t>(number(directory, at + 16, 4));
    entry.packed = number(directory, at + 20, 4);
    entry.size = number(directory, at + 24, 4);
    entry.offset = number(directory, at + 42, 4);
    if ((number(directory, at + 8, 2) & 1) != 0) refuse(name_, "the file is encrypted");
    // 4.5.3: what did not fit into four bytes stands in field 1, in this order
    const std::string_view extra(directory.data() + at + 46 + nameSize, extraSize);
    for (std::size_t e = 0; e + 4 <= extra.size();) {
      const auto fieldSize = number(extra, e + 2, 2);
      if (e + 4 + fieldSize > extra.size()) break;
      std::size_t value = e + 4;
      const std::size_t fieldEnd = value + fieldSize;
      const bool wide = number(extra, e, 2) == 1;
      for (std::uint64_t* field : {&entry.size, &entry.packed, &entry.offset}) {
        if (!wide || *field != 0xFFFFFFFF || value + 8 > fieldEnd) continue;
        *field = number(extra, value, 8);
        value += 8;
      }
      e = fieldEnd;
    }
    entries_.emplace(directory.substr(at + 46, nameSize), entry);
    at += whole;
  }
}

struct ZipReader::Stream::State {
  State(const ZipReader& from, const Entry& what, std::uint64_t most)
      : zip(from), entry(what), limit(most) {
    if (entry.method == 8 && inflateInit2(&z, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
  }
  ~State() {
    if (entry.method == 8) inflateEnd(&z);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void fill() {
    const auto size = std::min<std::uint64_t>(kPiece, entry.packed - taken);
    in = zip.bytesAt(begin + taken, size);
    taken += size;
    z.next_in = reinterpret_cast<Bytef*>(in.data());
    z.avail_in = static_cast<uInt>(in.size());
  }
  std::string_view account(std::string_view bytes) {
    given += bytes.size();
    if (given > limit || given > kFree + kMostTimes * entry.packed) {
      refuse(zip.name_, "it unpacks to more than a workbook would");
    }
    crc = crc32(crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
    return bytes;
  }

  const ZipReader& zip;
  Entry entry;
  std::uint64_t limit, begin = 0, taken = 0, given = 0;
  uLong crc = crc32(0, nullptr, 0);
  z_stream z{};
  bool ended = false;
  std::string in;
  std::array<char, kPiece> out{};
};

ZipReader::Stream::Stream(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipReader::Stream::~Stream() = default;
ZipReader::Stream::Stream(Stream&&) noexcept = default;

std::string_view ZipReader::Stream::next() {
  State& s = *state_;
  const bool stored = s.entry.method == 0;
  while (!s.ended) {
    if (stored) {
      if (s.taken == s.entry.packed) break;
      s.fill();
      return s.account(s.in);
    }
    if (s.z.avail_in == 0 && s.taken < s.entry.packed) s.fill();
    s.z.next_out = reinterpret_cast<Bytef*>(s.out.data());
    s.z.avail_out = static_cast<uInt>(s.out.size());
    const int code = inflate(&s.z, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END) refuse(s.zip.name_, "a damaged ZIP file");
    s.ended = code == Z_STREAM_END;
    const std::size_t size = s.out.size() - s.z.avail_out;
    if (size > 0) return s.account({s.out.data(), size});
  }
  if (s.given != s.entry.size || s.crc != s.entry.crc) refuse(s.zip.name_, "a damaged ZIP file");
  return {};
}

ZipReader::Stream ZipReader::open(const std::string& name, std::uint64_t limit) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) refuse(name_, "it lacks " + name);
  const Entry& entry = found->second;
  if (entry.method != 0 && entry.method != 8) refuse(name_, "packed in a way that is not known");
  auto state = std::make_unique<Stream::State>(*this, entry, limit);
  const std::string head = bytesAt(entry.offset, 30);  // 4.3.7: local file header
  if (!head.starts_with("PK\3\4")) refuse(name_, "a damaged ZIP file");
  state->begin = entry.offset + 30 + number(head, 26, 2) + number(head, 28, 2);
  return Stream(std::move(state));
}

std::string ZipReader::read(const std::string& name, std::uint64_t limit) const {
  Stream stream = open(name, limit);
  std::string whole;
  for (auto piece = stream.next(); !piece.empty(); piece = stream.next()) whole += piece;
  return whole;
}

}  // namespace sohoa
