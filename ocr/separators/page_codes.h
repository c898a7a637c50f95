#pragma once

#include <string>
#include <vector>

#include "ocr/image/plane.h"

namespace sohoa {

/// The QR codes of a page.
struct FoundCodes {
  std::vector<std::string> texts;
  double largestDamaged = 0;  ///< longest side of one that cannot be read, pixels
};
/// Codes seen in a mirror (print that shines through from the other side) do not count.
FoundCodes findCodes(const Plane& page);

}  // namespace sohoa
