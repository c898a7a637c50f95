#pragma once

#include <string>

#include "core/page.h"
#include "core/result.h"

namespace sohoa {

/// A part of a page as a PNG file, for a person's eyes: `box` in pixels as scanned, with a margin
/// of half its height, turned upright by `rotation` degrees clockwise (0, 90, 180, 270). Causes:
/// imageUnsupported, fileTruncated.
Result<std::string> cropAsPng(const PageImage& page, const PixelBox& box, int rotation);

}  // namespace sohoa
