#pragma once

namespace sohoa {

/// Limits on what one page may demand.
struct IncomingLimits {
  int maxPixelsPerSide = 32767;  ///< Tesseract refuses more
  double maxMegapixels = 300;    ///< A0 at 400 dpi is about 245
};

}  // namespace sohoa
