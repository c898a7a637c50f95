#pragma once

#include <vector>

#include "core/page.h"
#include "pdf/access/raster.h"
#include "pdf/images/leptonica.h"

namespace sohoa {

/// Finds the places where seals or pens of another colour lie over dark ink: layers cannot keep the
/// two apart there. Returns boxes around the places, in pixels, which do not overlap; none when
/// they would take up much of the page. `ink`: the dark ink, one bit a pixel.
std::vector<PixelBox> mixedPlaces(Pix* page, Pix* ink);

/// Cuts a box out of the page and puts plain paper where there is no ink. `paper`: what paperOf()
/// returned for `cell`. Null when memory is short.
PixHandle pictureOf(Pix* page, Pix* ink, const PixelBox& box, const Raster& paper, int cell);

}  // namespace sohoa
