#pragma once

#include "ocr/image/page_cleanup.h"

namespace sohoa {

/// Ink to black, paper and what is faint beside ink (remains of seals, show-through) to white, by
/// what the page itself shows. `grey` has even paper.
CleanPage stretchContrast(Plane grey);

}  // namespace sohoa
