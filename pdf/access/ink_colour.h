#pragma once

#include "pdf/access/raster.h"
#include "pdf/images/leptonica.h"

namespace sohoa {

/// The colour of ink, one a cell of so many pixels: of what `ink` (one bit a pixel) names of a
/// 32-bit page. The darkest part of each cell tells it, since edges are half paper; a cell that
/// differs from the ink around it by no more than noise, or holds too little to tell, has that
/// ink's colour. Blotches of lighter ink would look like gaps in letters.
Raster inkColours(Pix* page, Pix* ink, int cell);

}  // namespace sohoa
