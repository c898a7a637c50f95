#include "ocr/image/colour_planes.h"

#include "core/wide.h"

namespace sohoa {

SOHOA_WIDE void splitInk(const std::uint8_t* __restrict ycc, std::uint8_t* __restrict seen,
                         std::uint8_t* __restrict inkFree, int width) {
  for (int x = 0; x < width; ++x) {
    const int luma = ycc[3 * x];
    const int cb = ycc[3 * x + 1] - 128;
    const int cr = ycc[3 * x + 2] - 128;
    // R = Y + 1.402 Cr, B = Y + 1.772 Cb; green is never the largest of an ink that matters.
    // Blue is lifted a third more: pen strokes are darker than seals.
    const int red = (cr * 359) >> 8, blue = (cb * 600) >> 8;
    const int most = red > blue ? red : blue;
    const int ink = luma + (most > 0 ? most : 0);
    seen[x] = static_cast<std::uint8_t>(luma);
    inkFree[x] = static_cast<std::uint8_t>(ink < 255 ? ink : 255);
  }
}

}  // namespace sohoa
