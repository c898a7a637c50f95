#pragma once

#include <tiffio.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/memory_file.h"
#include "core/handle.h"

namespace sohoa {

using TiffHandle = Handle<TIFF, TIFFClose>;

/// Collects what libtiff complains about instead of printing it. Must outlive the handle.
struct TiffLog {
  std::vector<std::string> errors;
  bool cut = false;  ///< a tag's value lies beyond the end of the file
  std::string last() const { return errors.empty() ? std::string() : errors.back(); }
};

/// Opens a TIFF file for reading; null with the reason in the log when it is none.
TiffHandle openTiffFile(const std::string& path, TiffLog& log);

/// A TIFF that is written into memory. Close the handle to complete the bytes.
class MemoryTiff {
 public:
  explicit MemoryTiff(bool bigEndian = false);
  TIFF* get() { return handle_.get(); }
  bool usable() const { return handle_ != nullptr; }
  /// Writes the directory and hands out the file.
  std::string finish();
  const TiffLog& log() const { return log_; }

 private:
  TiffLog log_;
  std::unique_ptr<MemoryFile> file_ = std::make_unique<MemoryFile>();  // libtiff keeps its address
  TiffHandle handle_;
};

/// Samples of one picture, to be wrapped as a single-strip TIFF.
struct TiffPicture {
  int width = 0, height = 0;
  int bits = 1, samples = 1;
  std::uint16_t photometric = PHOTOMETRIC_MINISBLACK;
  std::uint16_t compression = COMPRESSION_NONE;
  std::uint32_t group3Options = 0;
  std::string_view data;     ///< the strip, as compressed
  std::string_view palette;  ///< RGB triples, for PHOTOMETRIC_PALETTE
  double xDpi = 0, yDpi = 0;
};

/// Empty when libtiff refuses.
std::string wrapAsTiff(const TiffPicture& picture);

/// One-bit rows (most significant bit first, 1 = black, rows padded to bytes) as one ITU-T T.6
/// strip; empty when libtiff refuses.
std::string encodeGroup4(int width, int height, std::string_view rows);

}  // namespace sohoa
