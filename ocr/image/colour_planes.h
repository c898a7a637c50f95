#pragma once

#include <algorithm>
#include <cstdint>

#include "ocr/image/decode.h"

namespace sohoa {

/// RGB to JFIF luminance and colour differences; three bytes to `ycc`.
inline void toYcc(int r, int g, int b, std::uint8_t* ycc) {
  ycc[0] = static_cast<std::uint8_t>((77 * r + 150 * g + 29 * b + 128) >> 8);
  ycc[1] = static_cast<std::uint8_t>(std::clamp(((-43 * r - 85 * g + 128 * b) >> 8) + 128, 0, 255));
  ycc[2] = static_cast<std::uint8_t>(std::clamp(((128 * r - 107 * g - 21 * b) >> 8) + 128, 0, 255));
}

/// One row of interleaved Y, Cb, Cr parted into what is seen, and what is left of it without the
/// red and blue ink that lies over the text.
void splitInk(const std::uint8_t* ycc, std::uint8_t* seen, std::uint8_t* inkFree, int width);

/// Fills the planes of a colour page row by row from luminance and colour differences
/// (ITU-R BT.601 as in JFIF, both centred on 128).
class TintCollector {
 public:
  TintCollector(DecodedPage& page, int width, int height) : page_(page) {
    page_.seen = Plane(width, height);
    page_.inkFree = Plane(width, height);
    page_.red = Plane((width + kTintCell - 1) / kTintCell, (height + kTintCell - 1) / kTintCell);
    page_.blue = page_.red;
  }

  /// One row; interleaved Y, Cb, Cr.
  void addRow(int y, const std::uint8_t* ycc) {
    const int width = page_.seen.width;
    splitInk(ycc, page_.seen.row(y), page_.inkFree.row(y), width);
    if (y % 2 != 0) return;
    std::uint8_t* red = page_.red.row(y / kTintCell);
    std::uint8_t* blue = page_.blue.row(y / kTintCell);
    for (int x = 0; x < width; x += 2) {
      const int cb = ycc[3 * x + 1] - 128;
      const int cr = ycc[3 * x + 2] - 128;
      // 16 samples a cell. Yellowed paper has Cr up to about 12; seals on it start near 25.
      if (cr > 22 && cr >= cb)
        red[x / kTintCell] = static_cast<std::uint8_t>(red[x / kTintCell] + 15);
      if (cb > 22 && cb > cr)
        blue[x / kTintCell] = static_cast<std::uint8_t>(blue[x / kTintCell] + 15);
    }
  }

  /// Drops the colour planes of a page that turned out to be grey.
  void finish() {
    std::size_t tinted = 0;
    for (const std::uint8_t v : page_.red.pixels) tinted += v >= 30 ? 1 : 0;
    for (const std::uint8_t v : page_.blue.pixels) tinted += v >= 30 ? 1 : 0;
    if (tinted * 10000 < page_.red.pixels.size()) {
      page_.inkFree = Plane();
      page_.red = Plane();
      page_.blue = Plane();
    }
  }

 private:
  DecodedPage& page_;
};

}  // namespace sohoa
