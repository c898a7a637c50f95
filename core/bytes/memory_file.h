#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace sohoa {

/// A file in memory, for C libraries that read and write through callbacks. Positions count bytes
/// from the beginning; a write beyond the end fills the gap with zeros.
class MemoryFile {
 public:
  /// Copies at most `size` bytes from the position on; returns how many there were.
  std::size_t read(void* to, std::size_t size);
  void write(const void* from, std::size_t size);
  /// `whence` is SEEK_SET, SEEK_CUR or SEEK_END, `offset` in two's complement. Returns the
  /// position.
  std::uint64_t seek(std::uint64_t offset, int whence);
  std::uint64_t size() const { return bytes_.size(); }
  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

}  // namespace sohoa
