#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "pdf/images/bad_input.h"
#include "pdf/images/incoming_limits.h"

namespace sohoa {

/// imageTooLarge when the picture exceeds the limits; imageUnsupported when it has no pixels.
inline std::optional<ItemError> checkSize(std::int64_t width, std::int64_t height,
                                          const IncomingLimits& limits) {
  const std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
  if (width <= 0 || height <= 0) return badInput(Cause::imageUnsupported, size);
  if (width > limits.maxPixelsPerSide || height > limits.maxPixelsPerSide ||
      static_cast<double>(width) * static_cast<double>(height) > limits.maxMegapixels * 1e6) {
    return badInput(Cause::imageTooLarge, size);
  }
  return {};
}

}  // namespace sohoa
