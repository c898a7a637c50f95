#pragma once

#include "pdf/access/page_layers.h"
#include "pdf/images/leptonica.h"

namespace sohoa {

/// Decodes the very bytes of the layers, puts them together as a viewer does and compares with the
/// page: the largest mean difference of a spot the size of a letter, 0..255 a channel. `shapes` are
/// those of the ink; `cell`: pixels of the page that are compared as one.
double departureOf(Pix* page, Pix* shapes, const PageLayers& layers, int cell);

}  // namespace sohoa
