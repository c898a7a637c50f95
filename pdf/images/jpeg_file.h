#pragma once

#include <string_view>
#include <vector>

#include "core/result.h"
#include "pdf/images/resolution.h"

namespace sohoa {

/// What the markers of a JPEG say.
struct JpegHeader {
  int width = 0, height = 0;
  int components = 0;          ///< 1, 3 or 4
  bool storedAsRgb = false;    ///< three components without the YCbCr transform
  bool saysTransform = false;  ///< an Adobe or JFIF marker settles storedAsRgb for every reader
  bool passesIntoPdf =
      false;  ///< ISO 32000-1 7.4.8 allows the stream as it is, and 1 or 3 components
  std::vector<Density> densities;  ///< JFIF, then EXIF
};

/// Walks the markers of a JPEG to its end. Causes: fileTruncated (ends before EOI, a segment
/// reaches beyond the end, or less data than the smallest code of the picture takes),
/// imageUnsupported (12-bit, lossless, hierarchical, or other than 1, 3, 4 components).
Result<JpegHeader> readJpegHeader(std::string_view bytes);

/// Position of the marker that ends the entropy-coded data starting at `at` (restart markers do
/// not); npos when the bytes end before.
std::size_t endOfJpegScan(std::string_view bytes, std::size_t at);

}  // namespace sohoa
