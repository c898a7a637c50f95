#pragma once

#include <string>

#include "core/page.h"
#include "core/result.h"

namespace sohoa {

/// Cuts a part out of a page and returns it as a PNG file, for a person to look at. `box` is in
/// pixels of the image as scanned, origin at the top left; it is enlarged on each side by half of
/// its shorter side, at least 8 pixels, within the page. `rotation` turns the result clockwise by
/// 0, 90, 180 or 270 degrees. Cause of an error: imageUnsupported.
Result<std::string> cropAsPng(const PageImage& page, const PixelBox& box, int rotation);

}  // namespace sohoa
