#pragma once

#include "pdf/access/raster.h"
#include "pdf/images/leptonica.h"

namespace sohoa {

/// The paper of a page with all coloured ink, on cells of so many pixels: what `ink` (one bit a
/// pixel) and the soft edges around it hide has the colour of its surroundings, and paper within a
/// scanner's grain of the paper around it is smooth.
Raster paperOf(Pix* page, Pix* ink, int cell);

}  // namespace sohoa
