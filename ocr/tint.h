#pragma once

#include <algorithm>
#include <cstdint>

#include "ocr/decode.h"

namespace sohoa {

/// RGB to JFIF luminance and colour differences; three bytes to `ycc`.
inline void toYcc(int r, int g, int b, std::uint8_t* ycc) {
  ycc[0] = static_cast<std::uint8_t>((77 * r + 150 * g + 29 * b + 128) >> 8);
  ycc[1] = static_cast<std::uint8_t>(std::clamp(((-43 * r - 85 * g + 128 * b) >> 8) + 128, 0, 255));
  ycc[2] = static_cast<std::uint8_t>(std::clamp(((128 * r - 107 * g - 21 * b) >> 8) + 128, 0, 255));
}

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
    std::uint8_t* seen = page_.seen.row(y);
    std::uint8_t* inkFree = page_.inkFree.row(y);
    const int width = page_.seen.width;
    for (int x = 0; x < width; ++x) {
      const int luma = ycc[3 * x];
      const int cb = ycc[3 * x + 1] - 128;
      const int cr = ycc[3 * x + 2] - 128;
      // R = Y + 1.402 Cr, B = Y + 1.772 Cb; green is never the largest of an ink that matters.
      // Blue is lifted a third more: pen strokes are darker than seals.
      const int lift = std::max({(cr * 359) >> 8, (cb * 600) >> 8, 0});
      seen[x] = static_cast<std::uint8_t>(luma);
      inkFree[x] = static_cast<std::uint8_t>(std::min(luma + lift, 255));
    }
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
