#pragma once

#include <vector>

#include "ocr/image/plane.h"

namespace sohoa {

/// Neighbouring cells with tinted ink; edges half-open, in cells of kTintCell decoded pixels.
struct TintPatch {
  int left = 0, top = 0, right = 0, bottom = 0;
  int cells = 0;  ///< tinted ones
};

/// `tint` is DecodedPage::red or blue; cells are joined over gaps of that many cells.
std::vector<TintPatch> tintPatches(const Plane& tint, int reachX, int reachY);

}  // namespace sohoa
