#pragma once

#include "pdf/access/raster.h"
#include "pdf/images/leptonica.h"

namespace sohoa {

/// Makes the layer of paper and coloured ink: one colour for each square of `cell` x `cell` pixels.
/// Where dark ink (`ink`, one bit a pixel) and its soft edges hide the paper, the layer takes the
/// colour of the surroundings. Paper that differs from the paper around it by no more than a
/// scanner's grain becomes smooth.
Raster paperOf(Pix* page, Pix* ink, int cell);

}  // namespace sohoa
