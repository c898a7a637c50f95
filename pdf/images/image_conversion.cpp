#include "pdf/images/image_conversion.h"

#include "pdf/images/leptonica.h"

namespace sohoa {

std::string invertedAsPng(const std::string& jpeg) {
  const PixHandle pix = decodePixels(jpeg);
  if (!pix) return {};
  const PixHandle inverted(pixInvert(nullptr, pix.get()));
  return inverted ? pngOf(inverted.get()) : std::string();
}

std::string jpeg2000AsPng(const std::string& bytes, int width, int height) {
  setMsgSeverity(L_SEVERITY_NONE);
  l_int32 w = 0, h = 0, bits = 0, samples = 0;
  const auto* data = reinterpret_cast<const l_uint8*>(bytes.data());
  if (readHeaderMemJp2k(data, bytes.size(), &w, &h, &bits, &samples, nullptr) != 0) return {};
  if (w != width || h != height || bits != 8) return {};
  const PixHandle pix = decodePixels(bytes);
  return pix ? pngOf(pix.get()) : std::string();
}

}  // namespace sohoa
