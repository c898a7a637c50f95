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

/// Says how much of every pixel of a page is dark ink, from 0 (paper) to 1 (ink), by comparing the
/// pixel with the colours that paper and ink have around it. Red counts as paper.
class InkShare {
 public:
  /// `core`: the pixels that are ink beyond doubt, one bit a pixel. Shares are computed around
  /// them.
  InkShare(Pix* page, Pix* core, const PageRaster& paper, const PageRaster& ink);

  /// Makes an image of one bit a point with `across` x `down` points for each pixel of the page
  /// (not necessarily whole numbers). A point is ink when it holds more than `least` of what the
  /// stroke holds at its darkest; between pixels the share is interpolated (Catmull-Rom). Null when
  /// memory is short.
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
