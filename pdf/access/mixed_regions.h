#pragma once

#include <vector>

#include "core/page.h"
#include "pdf/access/raster.h"
#include "pdf/images/leptonica.h"

namespace sohoa {

/// Where seals and pens of another colour lie over dark ink, layers cannot tell what belongs where:
/// boxes around such places, in pixels, apart from one another. `ink`: the dark ink, one bit a
/// pixel. None when they would be much of the page.
std::vector<PixelBox> mixedPlaces(Pix* page, Pix* ink);

/// The page as it is in a box, with plain paper where there is no ink; `paper`: paperOf() with its
/// cell. Null when memory is short.
PixHandle pictureOf(Pix* page, Pix* ink, const PixelBox& box, const Raster& paper, int cell);

}  // namespace sohoa
