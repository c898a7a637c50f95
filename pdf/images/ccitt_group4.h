#pragma once

#include <string>

#include "pdf/images/leptonica.h"

namespace sohoa {

/// CCITT group 4 data of a one-bit image (black is 1 in Leptonica, 0 in what PDF decodes without
/// /BlackIs1); empty when it fails.
std::string group4Of(Pix* pix);

}  // namespace sohoa
