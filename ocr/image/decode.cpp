#include "ocr/image/decode.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ocr/image/colour_planes.h"
#include "ocr/image/decode_jpeg.h"
#include "ocr/image/pix_handle.h"

namespace sohoa {
namespace {

constexpr double kWorkingDpi = 300;

/// Scale that brings `dpi` to what the model reads best; near enough is left alone.
double wantedScale(double dpi, double wanted) {
  if (dpi <= 0) return 1;
  const double scale = wanted / dpi;
  return scale > 0.85 && scale < 1.15 ? 1.0 : std::clamp(scale, 1.0 / 8, 2.0);
}

ItemError failed(Cause cause, const char* detail) {
  return {Stage::recognition, cause, "", detail};
}

/// 8 bpp grey or 32 bpp RGB without alpha and palette.
PixHandle plainDepth(PixHandle pix) {
  if (pixGetColormap(pix.get()) != nullptr) {
    pix.reset(pixRemoveColormap(pix.get(), REMOVE_CMAP_BASED_ON_SRC));
  }
  if (pix && pixGetDepth(pix.get()) == 32 && pixGetSpp(pix.get()) == 4) {
    pix.reset(pixAlphaBlendUniform(pix.get(), 0xFFFFFF00));
  }
  if (pix && pixGetDepth(pix.get()) != 32 && pixGetDepth(pix.get()) != 8) {
    pix.reset(pixConvertTo8(pix.get(), 0));
  }
  return pix;
}

DecodedPage planesOf(Pix* pix) {
  DecodedPage page;
  const int width = pixGetWidth(pix), height = pixGetHeight(pix);
  const l_uint32* data = pixGetData(pix);
  const int wpl = pixGetWpl(pix);
  if (pixGetDepth(pix) == 8) {
    page.seen = Plane(width, height);
    for (int y = 0; y < height; ++y) {
      const l_uint32* line = data + static_cast<std::ptrdiff_t>(y) * wpl;
      std::uint8_t* row = page.seen.row(y);
      for (int x = 0; x < width; ++x) row[x] = static_cast<std::uint8_t>(GET_DATA_BYTE(line, x));
    }
    return page;
  }
  TintCollector collector(page, width, height);
  std::vector<std::uint8_t> ycc(static_cast<std::size_t>(width) * 3);
  for (int y = 0; y < height; ++y) {
    const l_uint32* line = data + static_cast<std::ptrdiff_t>(y) * wpl;
    for (int x = 0; x < width; ++x) {
      const l_uint32 pixel = line[x];
      toYcc(static_cast<int>(pixel >> 24), static_cast<int>((pixel >> 16) & 255),
            static_cast<int>((pixel >> 8) & 255), ycc.data() + static_cast<std::ptrdiff_t>(x) * 3);
    }
    collector.addRow(y, ycc.data());
  }
  collector.finish();
  return page;
}

Result<DecodedPage> decodeOther(const PageImage& page, double scaleX, double scaleY) {
  PixHandle pix(pixReadMem(reinterpret_cast<const l_uint8*>(page.bytes.data()), page.bytes.size()));
  // The header was read before (intake knows width and height), so it is the pixels that fail.
  if (!pix) return failed(Cause::fileTruncated, "the pixels cannot be decoded");
  pix = plainDepth(std::move(pix));
  if (!pix) return failed(Cause::imageUnsupported, "pixel format");
  if (scaleX != 1 || scaleY != 1) {
    const auto fx = static_cast<float>(scaleX), fy = static_cast<float>(scaleY);
    pix.reset(scaleX < 1 ? pixScaleAreaMap(pix.get(), fx, fy)
                         : pixScaleGeneral(pix.get(), fx, fy, 0.0F, 0));
    if (!pix) return failed(Cause::imageUnsupported, "scaling");
  }
  return planesOf(pix.get());
}

}  // namespace

Result<DecodedPage> decodePage(const PageImage& page) { return decodePage(page, kWorkingDpi); }

Result<DecodedPage> decodePage(const PageImage& page, double dpi) {
  constexpr int kMaxSide = 32767;
  if (page.width > kMaxSide || page.height > kMaxSide) {
    return failed(Cause::imageTooLarge, "more than 32,767 pixels a side");
  }
  double scaleX = wantedScale(page.xDpi, dpi), scaleY = wantedScale(page.yDpi, dpi);
  // Square pixels stay square; fax pages (204 x 98 dpi) become so.
  if (std::abs(page.xDpi - page.yDpi) < 0.03 * page.xDpi) scaleY = scaleX;
  Result<DecodedPage> decoded = failed(Cause::imageUnsupported, "");
  if (page.format == ImageFormat::jpeg) {
    const int eighths = std::clamp(static_cast<int>(std::lround(scaleX * 8)), 1, 16);
    decoded = decodeJpeg(page.bytes, eighths);
  } else {
    decoded = decodeOther(page, scaleX, scaleY);
  }
  if (!decoded) return decoded;
  decoded->scaleX = static_cast<double>(decoded->seen.width) / std::max(page.width, 1);
  decoded->scaleY = static_cast<double>(decoded->seen.height) / std::max(page.height, 1);
  return decoded;
}

}  // namespace sohoa
