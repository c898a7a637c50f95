#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sohoa {

/// A grey image, one byte a pixel, rows top to bottom without padding; 0 is black. Leptonica packs
/// bytes into 32-bit words, which keeps a compiler from vectorising; the passes over whole pages
/// are therefore made on this.
struct Plane {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;

  Plane() = default;
  Plane(int w, int h)
      : width(w), height(h), pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}
  bool empty() const { return pixels.empty(); }
  std::uint8_t* row(int y) {
    return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
  const std::uint8_t* row(int y) const {
    return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
};

}  // namespace sohoa
