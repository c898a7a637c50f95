#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/result.h"
#include "pdf/structure/incremental.h"

namespace sohoa {

/// The image of a seal or of a hand signature, as PDF/A-1b can show it: no transparency (ISO
/// 19005-1, 6.4), so colours are laid onto white, and what is transparent in the original is left
/// out by a mask of one bit a pixel (ISO 32000-1:2008, 8.9.6.3): what is below stays seen.
struct StampImage {
  int width = 0, height = 0;  ///< pixels
  double widthPoints = 0;     ///< as the file says (pHYs); 0: it does not
  std::string colours, mask;  ///< deflated; RGB, and 1 bit: 1 is left out

  /// A PNG; read once for the whole process while the file stays as it is. Thread-safe.
  /// Cause documentNotSigned: unreadable, not a PNG, or without a transparent ground.
  static Result<std::shared_ptr<const StampImage>> open(const std::filesystem::path& file);
  /// Adds it as an image XObject in sRGB.
  PdfRef addTo(IncrementalUpdate& update) const;
};

}  // namespace sohoa
