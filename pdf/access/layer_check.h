#pragma once

#include "pdf/access/page_layers.h"
#include "pdf/images/leptonica.h"

namespace sohoa {

/// Decodes the bytes of the layers, puts the layers together as a viewer does, and compares the
/// result with the page. Returns the largest mean difference (0..255 a channel) of any spot the
/// size of a letter. `shapes`: the ink's stencil; `cell`: side of the squares of page pixels that
/// are compared as one.
double departureOf(Pix* page, Pix* shapes, const PageLayers& layers, int cell);

}  // namespace sohoa
