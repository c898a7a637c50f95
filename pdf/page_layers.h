#pragma once

#include <optional>
#include <string>

#include "core/page.h"

namespace sohoa {

/// A page image taken apart (mixed raster content, ISO/IEC 16485): paper and coloured ink as a
/// small JPEG, and over it dark ink, its shapes at full resolution, its colour at a very low one.
struct PageLayers {
  std::string background;     ///< JPEG file; covers the page
  std::string ink;            ///< JPEG file; covers the page
  std::string shapes;         ///< CCITT group 4; bits of ink are black (0 under PDF's rules)
  int width = 0, height = 0;  ///< of the shapes: the pixels of the page
  double departure = 0;       ///< largest difference of a spot a reader would notice, 0..255
  std::size_t bytes() const { return background.size() + ink.size() + shapes.size(); }
};

/// Taken from what the layers' own bytes show when they are put together again: above this the
/// layers are another page than the scan.
inline constexpr double kMostDeparture = 60;

/// Nothing when the image cannot be decoded, or has one bit a pixel already.
std::optional<PageLayers> separateLayers(const PageImage& image);

}  // namespace sohoa
