#include "core/bytes/memory_file.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace sohoa {

std::size_t MemoryFile::read(void* to, std::size_t size) {
  if (at_ >= bytes_.size()) return 0;
  const std::size_t count = std::min(size, bytes_.size() - at_);
  std::memcpy(to, bytes_.data() + at_, count);
  at_ += count;
  return count;
}

void MemoryFile::write(const void* from, std::size_t size) {
  if (bytes_.size() < at_ + size) bytes_.resize(at_ + size);
  std::memcpy(bytes_.data() + at_, from, size);
  at_ += size;
}

std::uint64_t MemoryFile::seek(std::uint64_t offset, int whence) {
  const std::uint64_t base = whence == SEEK_CUR ? at_ : whence == SEEK_END ? bytes_.size() : 0;
  at_ = static_cast<std::size_t>(base + offset);
  return at_;
}

}  // namespace sohoa
