#pragma once

#include "core/page.h"
#include "core/result.h"
#include "ocr/image/plane.h"

namespace sohoa {

/// Share of coloured ink per cell of kTintCell x kTintCell decoded pixels, 0..255.
inline constexpr int kTintCell = 8;

/// The OCR copy of a page, at about 300 pixels per inch, as scanned (not yet turned upright).
struct DecodedPage {
  Plane seen;  ///< luminance
  /// max(R, G, B): coloured ink (seals, blue pen) is light on it, black text stays dark. Empty when
  /// the page has no colour; luminance serves then.
  Plane inkFree;
  Plane red, blue;  ///< shares of red-to-magenta and of blue-to-violet pixels per cell; or empty
  double scaleX = 1, scaleY = 1;  ///< decoded pixels per pixel as scanned
  const Plane& text() const { return inkFree.empty() ? seen : inkFree; }
};

/// Decodes once. Causes: fileTruncated (the pixels end early or are damaged), imageUnsupported,
/// imageTooLarge. JPEG masters above 300 dpi are scaled in the DCT, which costs less than decoding
/// them whole.
Result<DecodedPage> decodePage(const PageImage& page);
/// The same at about `dpi` pixels per inch.
Result<DecodedPage> decodePage(const PageImage& page, double dpi);

}  // namespace sohoa
