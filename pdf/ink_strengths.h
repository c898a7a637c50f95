#pragma once

#include <vector>

#include "pdf/lept.h"
#include "pdf/raster.h"

namespace sohoa {

/// A raster over a page: so many pixels of the page make one of its places.
struct PageRaster {
  Raster raster;
  int cell = 1;
};

/// Stencils of the dark ink around `core` (what is ink beyond doubt) in so many `steps`, two or more,
/// from the faintest to the whole ink, each within the one before. How much ink a pixel holds is told from the `paper` and the
/// `ink` (colours of whole ink) of its place. Red is no dark ink. Empty when it fails.
std::vector<PixHandle> inkStrengths(Pix* page, Pix* core, const PageRaster& paper,
                                    const PageRaster& ink, int steps);

/// A pixel of a 32-bit image.
Rgb rgbOf(l_uint32 pixel);
/// Red enough to be a seal or a pen, which stay with the paper.
bool isRed(const Rgb& rgb);

}  // namespace sohoa
