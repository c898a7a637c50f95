#include "pdf/images/tiff_copy.h"

#include <array>

namespace sohoa {
namespace {

template <class T>
void copyField(TIFF* from, TIFF* to, std::uint32_t tag) {
  T value{};
  if (TIFFGetField(from, tag, &value) != 0) TIFFSetField(to, tag, value);
}

void copyFields(TIFF* from, TIFF* to) {
  // Compression first: it brings the codec's own tags with it.
  copyField<std::uint16_t>(from, to, TIFFTAG_COMPRESSION);
  for (const std::uint32_t tag : {TIFFTAG_IMAGEWIDTH, TIFFTAG_IMAGELENGTH, TIFFTAG_TILEWIDTH,
                                  TIFFTAG_TILELENGTH, TIFFTAG_ROWSPERSTRIP}) {
    copyField<std::uint32_t>(from, to, tag);
  }
  for (const std::uint32_t tag :
       {TIFFTAG_BITSPERSAMPLE, TIFFTAG_SAMPLESPERPIXEL, TIFFTAG_PHOTOMETRIC, TIFFTAG_PLANARCONFIG,
        TIFFTAG_FILLORDER, TIFFTAG_SAMPLEFORMAT, TIFFTAG_INKSET}) {
    copyField<std::uint16_t>(from, to, tag);
  }
  std::uint16_t compression = 0;
  TIFFGetField(from, TIFFTAG_COMPRESSION, &compression);
  if (compression == COMPRESSION_CCITTFAX3) {
    copyField<std::uint32_t>(from, to, TIFFTAG_GROUP3OPTIONS);
  } else if (compression == COMPRESSION_CCITTFAX4) {
    copyField<std::uint32_t>(from, to, TIFFTAG_GROUP4OPTIONS);
  } else if (compression == COMPRESSION_LZW || compression == COMPRESSION_ADOBE_DEFLATE ||
             compression == COMPRESSION_DEFLATE) {
    copyField<std::uint16_t>(from, to, TIFFTAG_PREDICTOR);
  } else if (compression == COMPRESSION_JPEG) {
    std::uint32_t size = 0;
    void* tables = nullptr;
    if (TIFFGetField(from, TIFFTAG_JPEGTABLES, &size, &tables) != 0 && size > 0) {
      TIFFSetField(to, TIFFTAG_JPEGTABLES, size, tables);
    }
  }
  std::uint16_t count = 0, *extra = nullptr;
  if (TIFFGetField(from, TIFFTAG_EXTRASAMPLES, &count, &extra) != 0 && count > 0) {
    TIFFSetField(to, TIFFTAG_EXTRASAMPLES, static_cast<int>(count), extra);
  }
  std::uint16_t *red = nullptr, *green = nullptr, *blue = nullptr;
  if (TIFFGetField(from, TIFFTAG_COLORMAP, &red, &green, &blue) != 0) {
    TIFFSetField(to, TIFFTAG_COLORMAP, red, green, blue);
  }
  std::uint16_t across = 0, down = 0;
  if (TIFFGetField(from, TIFFTAG_YCBCRSUBSAMPLING, &across, &down) != 0) {
    TIFFSetField(to, TIFFTAG_YCBCRSUBSAMPLING, static_cast<int>(across), static_cast<int>(down));
  }
  float* range = nullptr;
  if (TIFFGetField(from, TIFFTAG_REFERENCEBLACKWHITE, &range) != 0) {
    TIFFSetField(to, TIFFTAG_REFERENCEBLACKWHITE, range);
  }
}

}  // namespace

std::string copyDirectory(TIFF* from, double xDpi, double yDpi) {
  std::uint16_t compression = 0;
  TIFFGetField(from, TIFFTAG_COMPRESSION, &compression);
  if (compression == COMPRESSION_OJPEG) return {};  // its tables lie outside the strips
  MemoryTiff out(TIFFIsBigEndian(from) != 0);
  if (!out.usable()) return {};
  copyFields(from, out.get());
  TIFFSetField(out.get(), TIFFTAG_XRESOLUTION, xDpi);
  TIFFSetField(out.get(), TIFFTAG_YRESOLUTION, yDpi);
  TIFFSetField(out.get(), TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  const bool tiled = TIFFIsTiled(from) != 0;
  const std::uint32_t count = tiled ? TIFFNumberOfTiles(from) : TIFFNumberOfStrips(from);
  std::string piece;
  for (std::uint32_t i = 0; i < count; ++i) {
    piece.resize(TIFFGetStrileByteCount(from, i));
    const auto size = static_cast<tmsize_t>(piece.size());
    const bool copied = tiled ? TIFFReadRawTile(from, i, piece.data(), size) == size &&
                                    TIFFWriteRawTile(out.get(), i, piece.data(), size) == size
                              : TIFFReadRawStrip(from, i, piece.data(), size) == size &&
                                    TIFFWriteRawStrip(out.get(), i, piece.data(), size) == size;
    if (!copied) return {};
  }
  return out.finish();
}

std::string decodeDirectory(TIFF* from, double xDpi, double yDpi) {
  std::uint32_t width = 0, height = 0;
  TIFFGetField(from, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(from, TIFFTAG_IMAGELENGTH, &height);
  const std::size_t pixels = static_cast<std::size_t>(width) * height;
  std::vector<std::uint32_t> raster(pixels);
  if (TIFFReadRGBAImageOriented(from, width, height, raster.data(), ORIENTATION_TOPLEFT, 1) == 0) {
    return {};
  }
  std::string rgb;
  rgb.resize(3 * pixels);
  for (std::size_t i = 0; i < pixels; ++i) {
    rgb[3 * i] = static_cast<char>(TIFFGetR(raster[i]));
    rgb[3 * i + 1] = static_cast<char>(TIFFGetG(raster[i]));
    rgb[3 * i + 2] = static_cast<char>(TIFFGetB(raster[i]));
  }
  return wrapAsTiff({.width = static_cast<int>(width),
                     .height = static_cast<int>(height),
                     .bits = 8,
                     .samples = 3,
                     .photometric = PHOTOMETRIC_RGB,
                     .data = rgb,
                     .palette = {},
                     .xDpi = xDpi,
                     .yDpi = yDpi});
}

}  // namespace sohoa
