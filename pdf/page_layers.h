#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/page.h"

namespace sohoa {

/// One strength of ink: where it lies at full resolution, and its colour at a very low one.
struct InkLayer {
  std::string colour;  ///< JPEG file; covers the page
  std::string shapes;  ///< CCITT group 4; bits of ink are black (0 under PDF's rules)
};

/// A page image taken apart (mixed raster content, ISO/IEC 16485): paper and coloured ink as a
/// small JPEG, and over it dark ink in a few strengths, each painted over the ones before it: the
/// soft edges of the letters tell dots and marks apart.
struct PageLayers {
  std::string background;       ///< JPEG file; covers the page
  std::vector<InkLayer> inks;   ///< from the faintest to the whole ink
  int width = 0, height = 0;    ///< of the shapes: the pixels of the page
  double departure = 0;         ///< largest difference of a spot a reader would notice, 0..255
  std::size_t bytes() const {
    std::size_t sum = background.size();
    for (const InkLayer& ink : inks) sum += ink.colour.size() + ink.shapes.size();
    return sum;
  }
};

/// Taken from what the layers' own bytes show when they are put together again: above this the
/// layers are another page than the scan.
inline constexpr double kMostDeparture = 60;

/// Nothing when the image cannot be decoded, or has one bit a pixel already.
std::optional<PageLayers> separateLayers(const PageImage& image);

}  // namespace sohoa
