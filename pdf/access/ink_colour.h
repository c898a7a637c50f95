#pragma once

#include "pdf/access/raster.h"
#include "pdf/images/leptonica.h"

namespace sohoa {

/// Finds the colour of the ink on a 32-bit page. `ink` (one bit a pixel) says where ink is; the
/// result has one colour for each square of `cell` x `cell` pixels. The darkest part of a square
/// decides, since the edges of letters are half paper. A square takes its neighbours' colour when
/// it holds too little ink to tell, or differs from them by no more than noise: blotches of lighter
/// ink would look like gaps in letters.
Raster inkColours(Pix* page, Pix* ink, int cell);

}  // namespace sohoa
