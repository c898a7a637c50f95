#include "ocr/separators/page_codes.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <cmath>

namespace sohoa {
namespace {

double longestSide(const ZXing::Position& at) {
  double longest = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto a = at[i], b = at[(i + 1) % 4];
    longest = std::max(longest, std::hypot(a.x - b.x, a.y - b.y));
  }
  return longest;
}

}  // namespace

FoundCodes findCodes(const Plane& page) {
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  hints.setTryRotate(false);  // a QR code is found however it lies
  hints.setTryDownscale(false);
  hints.setReturnErrors(true);
  hints.setMaxNumberOfSymbols(8);
  const ZXing::ImageView view(page.pixels.data(), page.width, page.height, ZXing::ImageFormat::Lum);
  FoundCodes found;
  for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints)) {
    if (result.isMirrored()) continue;
    if (result.isValid()) {
      const std::string text = result.text();
      if (std::find(found.texts.begin(), found.texts.end(), text) == found.texts.end())
        found.texts.push_back(text);
    } else if (result.error()) {
      found.largestDamaged = std::max(found.largestDamaged, longestSide(result.position()));
    }
  }
  return found;
}

}  // namespace sohoa
