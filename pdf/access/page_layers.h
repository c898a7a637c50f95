#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/page.h"

namespace sohoa {

/// Where ink lies, at full resolution or finer, and what colour it has there.
struct InkLayer {
  std::string colour;         ///< JPEG file; covers the page
  std::string shapes;         ///< CCITT group 4; bits of ink are black (0 under PDF's rules)
  int width = 0, height = 0;  ///< of the shapes: no less than the page's pixels
};

/// A part of the page as it is, over everything else.
struct PagePart {
  std::string picture;  ///< JPEG file
  PixelBox box;         ///< pixels of the page
};

/// A page image taken apart (mixed raster content, ISO/IEC 16485): paper and coloured ink as a
/// small JPEG, over it dark ink, and over all the places where ink of both kinds lies on one
/// another, as they are.
struct PageLayers {
  std::string background;  ///< JPEG file; covers the page
  InkLayer ink;
  std::vector<PagePart> parts;
  int width = 0, height = 0;  ///< of the page, pixels
  double departure = 0;       ///< largest difference of a spot a reader would notice, 0..255
  std::size_t bytes() const {
    std::size_t sum = background.size() + ink.colour.size() + ink.shapes.size();
    for (const PagePart& part : parts) sum += part.picture.size();
    return sum;
  }
};

/// Taken from what the layers' own bytes show when they are put together again: above this the
/// layers are another page than the scan.
inline constexpr double kMostDeparture = 60;

/// Nothing when the image cannot be decoded, or has one bit a pixel already.
std::optional<PageLayers> separateLayers(const PageImage& image);

}  // namespace sohoa
