#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace sohoa {

/// Reads the entries of a ZIP file, one after another and piece by piece. What it unpacks is
/// limited, since a few kilobytes can hold gigabytes. Every function throws
/// BatchError(registerFormat) for what is no such file, damaged, encrypted or out of bounds.
class ZipReader {
 public:
  explicit ZipReader(const std::filesystem::path& file);
  ~ZipReader();
  ZipReader(const ZipReader&) = delete;
  ZipReader& operator=(const ZipReader&) = delete;

  bool has(const std::string& name) const { return entries_.contains(name); }
  /// An entry of a few kilobytes, whole; `limit` in bytes.
  std::string read(const std::string& name, std::uint64_t limit) const;

  /// Unpacks one entry.
  class Stream {
   public:
    ~Stream();
    Stream(Stream&&) noexcept;
    /// The next bytes, valid until the next call; empty at the end, where the checksum has been
    /// compared.
    std::string_view next();

   private:
    friend class ZipReader;
    struct State;
    explicit Stream(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
  };
  /// `limit`: bytes that the entry may unpack to.
  Stream open(const std::string& name, std::uint64_t limit) const;

 private:
  struct Entry {
    std::uint64_t offset = 0, packed = 0, size = 0;
    std::uint32_t crc = 0;
    int method = 0;
  };
  void readDirectory();
  std::string bytesAt(std::uint64_t offset, std::uint64_t size) const;

  int fd_ = -1;
  std::string name_;
  std::uint64_t size_ = 0;
  std::map<std::string, Entry> entries_;
};

}  // namespace sohoa
