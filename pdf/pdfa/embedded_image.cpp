#include "pdf/pdfa/embedded_image.h"

#include <fmt/format.h>

#include <utility>

#include "core/bytes/hex.h"
#include "pdf/images/bad_input.h"
#include "pdf/images/ccitt_group4.h"
#include "pdf/images/jpeg_file.h"
#include "pdf/images/leptonica.h"
#include "pdf/images/png_file.h"

namespace sohoa {
namespace {

constexpr int kQuality = 92;

std::string imageDictionary(int width, int height, int bits, const std::string& space,
                            const std::string& filter) {
  return fmt::format(
      "<< /Type /XObject /Subtype /Image /Width {} /Height {} /BitsPerComponent {} "
      "/ColorSpace {} {} >>",
      width, height, bits, space, filter);
}

EmbeddedImage jpegStream(const JpegHeader& header, std::string bytes) {
  // ISO 32000-1, table 13: without a marker that settles it, three components mean YCbCr.
  const bool unmarkedRgb = header.storedAsRgb && !header.saysTransform;
  return {imageDictionary(header.width, header.height, 8,
                          header.components == 1 ? "/DeviceGray" : "/DeviceRGB",
                          unmarkedRgb ? "/Filter /DCTDecode /DecodeParms << /ColorTransform 0 >>"
                                      : "/Filter /DCTDecode"),
          std::move(bytes)};
}

bool pngPasses(const PngHeader& header) {
  return !header.interlaced && !header.transparent && header.bits <= 8;
}

EmbeddedImage pngStream(const PngHeader& header) {
  std::string space = header.colourType == 2 ? "/DeviceRGB" : "/DeviceGray";
  if (header.colourType == 3) {
    space = fmt::format("[/Indexed /DeviceRGB {} <", header.palette.size() / 3 - 1);
    space += hexOf(header.palette) + ">]";
  }
  EmbeddedImage image;
  // PNG's row filters are predictor 15 of FlateDecode (ISO 32000-1, 7.4.4.4).
  image.dictionary =
      imageDictionary(header.width, header.height, header.bits, space,
                      fmt::format("/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {} "
                                  "/BitsPerComponent {} /Columns {} >>",
                                  header.colourType == 2 ? 3 : 1, header.bits, header.width));
  for (const std::string_view piece : header.data) image.data += piece;
  return image;
}

Result<EmbeddedImage> lossless(Pix* pix) {
  const std::string bytes = pngOf(pix);
  auto header = readPngHeader(bytes);
  if (!header) return header.error();
  if (!pngPasses(*header)) return badInput(Cause::imageUnsupported, "pixels beyond PDF 1.4");
  return pngStream(*header);
}

Result<EmbeddedImage> highQualityJpeg(Pix* pix) {
  pixSetChromaSampling(pix, 0);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (pixWriteMemJpeg(&data, &size, pix, kQuality, 0) != 0) {
    return badInput(Cause::imageUnsupported, "pixels that JPEG cannot hold");
  }
  std::string bytes = takeBuffer(data, size);
  auto header = readJpegHeader(bytes);
  if (!header) return header.error();
  return jpegStream(*header, std::move(bytes));
}

Result<EmbeddedImage> group4(Pix* pix) {
  const int width = pixGetWidth(pix), height = pixGetHeight(pix);
  EmbeddedImage image;
  image.data = group4Of(pix);
  if (image.data.empty()) return badInput(Cause::imageUnsupported, "one-bit image");
  image.dictionary = imageDictionary(
      width, height, 1, "/DeviceGray",
      fmt::format("/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {} /Rows {} >>", width,
                  height));
  return image;
}

PixHandle decode(const std::string& bytes) {
  PixHandle pix = decodePixels(bytes);
  if (pix && pixGetDepth(pix.get()) == 16) pix.reset(pixConvert16To8(pix.get(), L_MS_BYTE));
  if (pix && pixGetDepth(pix.get()) == 32 && pixGetSpp(pix.get()) == 4) {
    pix.reset(pixAlphaBlendUniform(pix.get(), 0xFFFFFF00));
  }
  return pix;
}

Result<EmbeddedImage> tiffStream(Pix* pix) {
  if (pixGetDepth(pix) == 1) {
    const PixHandle plain(pixGetColormap(pix) == nullptr
                              ? pixClone(pix)
                              : pixRemoveColormap(pix, REMOVE_CMAP_TO_BINARY));
    l_int32 coloured = 0;
    if (PIXCMAP* map = pixGetColormap(pix)) pixcmapHasColor(map, &coloured);
    if (plain && coloured == 0) return group4(plain.get());
  }
  if (pixGetColormap(pix) != nullptr || pixGetDepth(pix) < 8) return lossless(pix);
  return highQualityJpeg(pix);
}

}  // namespace

Result<EmbeddedImage> embedImage(PageImage image) {
  const ItemError broken = badInput(Cause::fileTruncated, "the image cannot be decoded");
  if (image.format == ImageFormat::jpeg) {
    auto header = readJpegHeader(image.bytes);
    if (!header) return header.error();
    if (header->passesIntoPdf) return jpegStream(*header, std::move(image.bytes));
    const PixHandle pix = decode(image.bytes);
    return pix ? highQualityJpeg(pix.get()) : Result<EmbeddedImage>(broken);
  }
  if (image.format == ImageFormat::png) {
    auto header = readPngHeader(image.bytes);
    if (!header) return header.error();
    if (pngPasses(*header)) return pngStream(*header);
    const PixHandle pix = decode(image.bytes);
    return pix ? lossless(pix.get()) : Result<EmbeddedImage>(broken);
  }
  const PixHandle pix = decode(image.bytes);
  return pix ? tiffStream(pix.get()) : Result<EmbeddedImage>(broken);
}

}  // namespace sohoa
