#pragma once

// Pixels of pages that are taken apart.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "pdf/access/raster.h"
#include "pdf/images/leptonica.h"

namespace sohoa {

/// Rows of an image, for reading and writing.
struct Rows {
  explicit Rows(Pix* pix) : data(pixGetData(pix)), words(pixGetWpl(pix)) {}
  l_uint32* row(int y) const { return data + static_cast<std::ptrdiff_t>(y) * words; }
  l_uint32* data;
  l_int32 words;
};

/// A pixel of a 32-bit image.
inline Rgb rgbOf(l_uint32 pixel) {
  return {static_cast<float>(pixel >> 24), static_cast<float>(pixel >> 16 & 255),
          static_cast<float>(pixel >> 8 & 255)};
}
inline l_uint32 pixelOf(const Rgb& colour) {
  l_uint32 pixel = 0;
  for (const float value : colour) {
    pixel = pixel << 8 | static_cast<l_uint32>(std::clamp(std::lround(value), 0L, 255L));
  }
  return pixel << 8;
}

inline float lightest(const Rgb& rgb) { return std::max({rgb[0], rgb[1], rgb[2]}); }
inline float darkest(const Rgb& rgb) { return std::min({rgb[0], rgb[1], rgb[2]}); }
/// Red enough to be a seal or a pen.
inline bool isRed(const Rgb& rgb) { return rgb[0] - std::max(rgb[1], rgb[2]) > 40; }
/// Of a pen or a seal of any colour, beyond what paper and a scanner's fringes have.
inline bool isColoured(const Rgb& rgb) { return lightest(rgb) - darkest(rgb) > 50; }

/// Progressive: what is smooth costs next to nothing. Empty when it fails.
std::string jpegOf(const Raster& raster, int quality);
std::string jpegOf(Pix* pix, int quality);

}  // namespace sohoa
