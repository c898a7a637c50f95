#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace sohoa {

/// A nameless temporary file for the images of one document, so that memory holds one at a time.
/// Every function throws BatchError (diskFull | diskError). Not thread-safe.
class Spool {
 public:
  struct Slice {
    std::uint64_t offset = 0, size = 0;
  };
  /// The file lives in `folder` and is gone when the spool is, or the process.
  explicit Spool(const std::filesystem::path& folder);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  Slice add(std::string_view bytes);
  std::string read(Slice slice) const;

 private:
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace sohoa
