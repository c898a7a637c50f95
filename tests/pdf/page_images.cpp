#include "tests/pdf/page_images.h"

#include <allheaders.h>
#include <jpeglib.h>
#include <tiffio.h>
#include <zlib.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "tests/support/files.h"

namespace sohoa::test {
namespace {

void destroy(Pix* pix) { pixDestroy(&pix); }

std::string taken(l_uint8* data, std::size_t size) {
  std::string bytes(reinterpret_cast<char*>(data), size);
  lept_free(data);
  return bytes;
}

}  // namespace

Picture::Picture(Pix* pix) : pix_(pix, destroy) {
  if (pix == nullptr) throw std::runtime_error("no picture");
}

Picture::Picture(Kind kind, int width, int height)
    : Picture(pixCreate(width, height,
                        kind == Kind::bilevel  ? 1
                        : kind == Kind::colour ? 32
                                               : 8)) {
  if (kind == Kind::palette) {
    PIXCMAP* map = pixcmapCreate(8);
    for (int i = 0; i < 200; ++i) pixcmapAddColor(map, i, 255 - i, (i * 7) % 256);
    pixSetColormap(pix(), map);
  }
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const auto value =
          static_cast<l_uint32>(128 + 60 * std::sin(x / 9.0) + 60 * std::cos(y / 7.0));
      l_uint32 pixel = value;
      if (kind == Kind::bilevel) pixel = value < 90 ? 1 : 0;
      if (kind == Kind::palette) pixel = value % 200;
      if (kind == Kind::colour) {
        composeRGBPixel(static_cast<int>(value), x % 256, (x + y) % 256, &pixel);
      }
      pixSetPixel(pix(), x, y, pixel);
    }
  }
}

Picture Picture::decode(const std::string& bytes) {
  return Picture(pixReadMem(reinterpret_cast<const l_uint8*>(bytes.data()), bytes.size()));
}

Picture Picture::uniform(int grey, int width, int height) {
  Picture picture(Kind::grey, width, height);
  pixSetAllGray(picture.pix(), grey);
  return picture;
}

int Picture::width() const { return pixGetWidth(pix()); }
int Picture::height() const { return pixGetHeight(pix()); }

void Picture::paintWords(const PageReading& reading) {
  pixSetAll(pix());
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) {
        const double dx = word.baseX1 - word.baseX0, dy = word.baseY1 - word.baseY0;
        const double length = std::hypot(dx, dy);
        for (double along = 0; along < length; along += 0.5) {
          for (double up = 0; up < 0.7 * word.height; up += 0.5) {
            const double x = word.baseX0 + (dx * along + dy * up) / length;
            const double y = word.baseY0 + (dy * along - dx * up) / length;
            pixSetRGBPixel(pix(), static_cast<int>(x), static_cast<int>(y), 250, 190, 190);
          }
        }
      }
    }
  }
}

std::string Picture::jpeg(int dpi, bool progressive) const {
  l_uint8* data = nullptr;
  std::size_t size = 0;
  pixSetResolution(pix(), dpi, dpi);
  if (pixWriteMemJpeg(&data, &size, pix(), 80, progressive ? 1 : 0) != 0) {
    throw std::runtime_error("JPEG");
  }
  return taken(data, size);
}

std::string Picture::png(int dpi) const {
  l_uint8* data = nullptr;
  std::size_t size = 0;
  pixSetResolution(pix(), dpi, dpi);
  if (pixWriteMemPng(&data, &size, pix(), 0.0F) != 0) throw std::runtime_error("PNG");
  return taken(data, size);
}

std::string Picture::tiff(int dpi, int compression) const {
  return tiffOf({*this}, dpi, compression);
}

std::string tiffOf(const std::vector<Picture>& pages, int dpi, int compression) {
  const TemporaryFolder folder;
  const auto file = folder / "pages.tif";
  TIFF* tiff = TIFFOpen(file.c_str(), "wl");
  for (const Picture& page : pages) {
    const int depth = pixGetDepth(page.pix());
    const int samples = depth == 32 ? 3 : 1, bits = depth == 1 ? 1 : 8;
    const auto width = static_cast<std::uint32_t>(page.width());
    const auto height = static_cast<std::uint32_t>(page.height());
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, samples);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression);
    const bool ycc = compression == COMPRESSION_JPEG && samples == 3;
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC,
                 ycc            ? PHOTOMETRIC_YCBCR
                 : samples == 3 ? PHOTOMETRIC_RGB
                 : bits == 1    ? PHOTOMETRIC_MINISWHITE
                                : PHOTOMETRIC_MINISBLACK);
    if (compression == COMPRESSION_JPEG) {
      TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    }
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 64);
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, static_cast<double>(dpi) / 2.54);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, static_cast<double>(dpi) / 2.54);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_CENTIMETER);
    for (std::uint32_t y = 0; y < height; ++y) {
      std::string row(bits == 1 ? (width + 7) / 8 : width * static_cast<unsigned>(samples), '\0');
      for (std::uint32_t x = 0; x < width; ++x) {
        l_uint32 pixel = 0;
        pixGetPixel(page.pix(), static_cast<int>(x), static_cast<int>(y), &pixel);
        if (samples == 3) {
          for (unsigned c = 0; c < 3; ++c) {
            row[3 * x + c] = static_cast<char>(pixel >> (24 - 8 * c));
          }
        } else if (bits == 8) {
          row[x] = static_cast<char>(pixel);
        } else if (pixel != 0) {
          row[x / 8] = static_cast<char>(row[x / 8] | 0x80 >> x % 8);
        }
      }
      TIFFWriteScanline(tiff, row.data(), y, 0);
    }
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
  return slurp(file);
}

std::string cmykJpeg(int width, int height) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  unsigned char* data = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &data, &size);
  jpeg.image_width = static_cast<JDIMENSION>(width);
  jpeg.image_height = static_cast<JDIMENSION>(height);
  jpeg.input_components = 4;
  jpeg.in_color_space = JCS_CMYK;
  jpeg_set_defaults(&jpeg);
  jpeg_start_compress(&jpeg, TRUE);
  // Adobe's way: 255 is no ink.
  std::string row;
  for (int x = 0; x < width; ++x) row += std::string("\xFF\x20\x20\xFF", 4);
  while (jpeg.next_scanline < jpeg.image_height) {
    auto* line = reinterpret_cast<JSAMPROW>(row.data());
    jpeg_write_scanlines(&jpeg, &line, 1);
  }
  jpeg_finish_compress(&jpeg);
  std::string bytes(reinterpret_cast<char*>(data), size);
  jpeg_destroy_compress(&jpeg);
  std::free(data);
  return bytes;
}

bool samePixels(const Picture& a, const Picture& b) {
  const Picture left(pixConvertTo32(a.pix())), right(pixConvertTo32(b.pix()));
  l_int32 same = 0;
  return pixEqual(left.pix(), right.pix(), &same) == 0 && same == 1;
}

double likeness(const Picture& a, const Picture& b) {
  const Picture left(pixConvertTo32(a.pix())), right(pixConvertTo32(b.pix()));
  l_float32 ratio = 0;
  if (pixGetPSNR(left.pix(), right.pix(), 1, &ratio) != 0) return 0;
  return static_cast<double>(ratio);
}

std::string pngChunk(const std::string& type, const std::string& body) {
  const auto be = [](unsigned long value) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
    return out;
  };
  const std::string both = type + body;
  return be(body.size()) + both +
         be(crc32(0, reinterpret_cast<const Bytef*>(both.data()), static_cast<uInt>(both.size())));
}

std::string plainPng(int width, int height, int bits, int colourType, bool interlaced) {
  std::string header;
  for (const int side : {width, height}) {
    for (int shift = 24; shift >= 0; shift -= 8) header += static_cast<char>(side >> shift & 0xFF);
  }
  header += static_cast<char>(bits);
  header += static_cast<char>(colourType);
  header += std::string("\0\0", 2) + static_cast<char>(interlaced ? 1 : 0);
  const int samples = colourType == 2 ? 3 : colourType == 4 ? 2 : colourType == 6 ? 4 : 1;
  std::string rows;
  const auto addRows = [&](int columns, int lines) {
    const int row = (columns * samples * bits + 7) / 8 + 1;
    if (columns > 0)
      rows.append(static_cast<std::size_t>(row) * static_cast<std::size_t>(lines), 0);
  };
  if (interlaced) {
    // ISO 15948, 8.2: first column, first row, column step, row step of each pass.
    constexpr int kPasses[7][4] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                   {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    for (const auto& pass : kPasses) {
      addRows((width - pass[0] + pass[2] - 1) / pass[2],
              (height - pass[1] + pass[3] - 1) / pass[3]);
    }
  } else {
    addRows(width, height);
  }
  uLongf size = compressBound(rows.size());
  std::string data(size, '\0');
  compress(reinterpret_cast<Bytef*>(data.data()), &size,
           reinterpret_cast<const Bytef*>(rows.data()), rows.size());
  data.resize(size);
  std::string png("\x89PNG\r\n\x1A\n", 8);
  png += pngChunk("IHDR", header);
  if (colourType == 3) png += pngChunk("PLTE", std::string("\0\0\0\xFF\xFF\xFF", 6));
  return png + pngChunk("IDAT", data) + pngChunk("IEND", "");
}

Word wordAt(const std::string& text, double x, double y, double length, double height,
            double degrees) {
  const double angle = degrees * std::acos(-1) / 180;
  Word word;
  word.text = text;
  word.baseX0 = x, word.baseY0 = y;
  word.baseX1 = x + length * std::cos(angle), word.baseY1 = y + length * std::sin(angle);
  word.height = height;
  const double upX = height * 0.8 * std::sin(angle), upY = -height * 0.8 * std::cos(angle);
  const double left = std::min(x, word.baseX1) + std::min(0.0, upX);
  const double top = std::min(y, word.baseY1) + std::min(0.0, upY);
  const double right = std::max(x, word.baseX1) + std::max(0.0, upX);
  const double bottom = std::max(y, word.baseY1) + std::max(0.0, upY);
  word.box = {static_cast<int>(left), static_cast<int>(top), static_cast<int>(right - left) + 1,
              static_cast<int>(bottom - top) + 1};
  word.confidence = 0.9;
  return word;
}

}  // namespace sohoa::test
