#pragma once

#include <vector>

#include "core/page.h"
#include "ocr/image/decode.h"

namespace sohoa {

/// Boxes of seals (also halves of them at the sheet's edge) in pixels as scanned: patches of red
/// to magenta or blue to violet ink of the size of a seal (15 to 50 mm).
std::vector<PixelBox> findSeals(const DecodedPage& decoded, const PageImage& page);

}  // namespace sohoa
