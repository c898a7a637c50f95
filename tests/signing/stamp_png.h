#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace sohoa::test {

struct Rgba {
  std::uint8_t red = 0, green = 0, blue = 0, alpha = 0;
};

/// A PNG of RGBA pixels, made with zlib alone.
struct StampPng {
  int width = 0, height = 0;
  std::function<Rgba(int x, int y)> pixel;
  double dpi = 300;         ///< 0: no pHYs chunk
  bool transparent = true;  ///< false: RGB without alpha
  std::string bytes() const;
};

/// A red ring with a soft edge, its inside and outside transparent; `millimetres` wide at 300 dpi.
StampPng sealPng(double millimetres = 36);
/// A blue slanting stroke.
StampPng handPng(double widthMillimetres = 40, double heightMillimetres = 18);

}  // namespace sohoa::test
