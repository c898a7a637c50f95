#pragma once

#include <string>

#include "core/page.h"
#include "core/result.h"

namespace sohoa {

/// The samples of one side as the scanner gave them, rows without padding between them.
struct RawSide {
  int width = 0, height = 0;  ///< pixels
  int bits = 8;               ///< per sample: 8, or 1 (most significant bit first, 1 = black)
  int channels = 1;           ///< 1, or 3: red, green, blue
  double xDpi = 0, yDpi = 0;
  std::string samples;
  std::size_t rowBytes() const {
    const auto columns = static_cast<std::size_t>(width);
    return bits == 1 ? (columns + 7) / 8 : columns * static_cast<std::size_t>(channels);
  }
};

/// The side as a page file: colour and grey as JPEG of that quality (1..100) without subsampling of
/// colour, one bit as TIFF with one strip of CCITT group 4. The resolution stands in the file.
/// Cause: scanDeviceGone when the samples do not make a picture, or an encoder refuses.
Result<PageImage> encodeSide(const RawSide& side, int jpegQuality);

}  // namespace sohoa
