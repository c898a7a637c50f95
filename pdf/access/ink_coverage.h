#pragma once

#include <cstdint>
#include <vector>

#include "pdf/access/raster.h"
#include "pdf/images/leptonica.h"

namespace sohoa {

/// A raster over a page: each of its cells stands for a square of page pixels.
struct PageRaster {
  Raster raster;
  int cell = 1;
};

/// How much of every pixel of a page is dark ink: 0 paper, 1 whole ink, told from the colours of
/// paper and ink of its place. Red is no dark ink.
class InkShare {
 public:
  /// Around `core`: what is ink beyond doubt, one bit a pixel.
  InkShare(Pix* page, Pix* core, const PageRaster& paper, const PageRaster& ink);

  /// What holds more than `least` of the ink that the stroke there has at its darkest, one bit a
  /// point: so many points to a pixel of the page, either way, whole numbers or not; between the
  /// pixels the share is interpolated (Catmull-Rom). Null when memory is short.
  PixHandle stencil(float least, double across, double down) const;

 private:
  float at(int x, int y) const;
  void findPeaks();
  float peakAt(int x, int y) const;

  int width_, height_;
  std::vector<std::uint8_t> shares_;  ///< kZero at 0, kZero + kOne at 1
  std::vector<std::uint8_t> peaks_;   ///< the largest share two pixels around
};

}  // namespace sohoa
