#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace sohoa {

/// A whole file as read-only memory, without a copy of it. The file must not shrink while it is
/// mapped: map files of a private work folder, not ones that others write. Movable, thread-safe.
class MappedFile {
 public:
  /// Throws std::filesystem::filesystem_error when the file cannot be opened or mapped.
  explicit MappedFile(const std::filesystem::path& file);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;

  std::string_view bytes() const { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace sohoa
