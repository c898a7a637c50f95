#include "samples/containers.h"

#include <jpeglib.h>
#include <png.h>
#include <tiffio.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace sohoa::samples {

void writeFile(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes) {
  writeFile(path, std::string(bytes.begin(), bytes.end()));
}

void writeFile(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) {
    throw std::runtime_error("cannot write " + path.string());
  }
}

std::vector<std::uint8_t> encodeJpeg(const Image& image, int dpi, int quality, bool halfColour) {
  jpeg_compress_struct encoder{};
  jpeg_error_mgr errors{};
  encoder.err = jpeg_std_error(&errors);
  jpeg_create_compress(&encoder);
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&encoder, &buffer, &size);
  encoder.image_width = static_cast<JDIMENSION>(image.width);
  encoder.image_height = static_cast<JDIMENSION>(image.height);
  encoder.input_components = image.channels;
  encoder.in_color_space = image.channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults(&encoder);
  jpeg_set_quality(&encoder, quality, TRUE);
  encoder.dct_method = JDCT_ISLOW;
  encoder.optimize_coding = TRUE;
  encoder.density_unit = 1;
  encoder.X_density = static_cast<UINT16>(dpi);
  encoder.Y_density = static_cast<UINT16>(dpi);
  if (image.channels == 3 && !halfColour) {
    encoder.comp_info[0].h_samp_factor = 1;
    encoder.comp_info[0].v_samp_factor = 1;
  }
  jpeg_start_compress(&encoder, TRUE);
  const auto stride =
      static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.channels);
  while (encoder.next_scanline < encoder.image_height) {
    auto* row = const_cast<JSAMPROW>(image.data.data() + encoder.next_scanline * stride);
    jpeg_write_scanlines(&encoder, &row, 1);
  }
  jpeg_finish_compress(&encoder);
  jpeg_destroy_compress(&encoder);
  std::vector<std::uint8_t> bytes(buffer, buffer + size);
  std::free(buffer);
  return bytes;
}

void writePng(const std::filesystem::path& path, const Image& image, int dpi) {
  std::filesystem::create_directories(path.parent_path());
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"),
                                                             std::fclose);
  if (!file) {
    throw std::runtime_error("cannot write " + path.string());
  }
  png_structp writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(writer);
  if (setjmp(png_jmpbuf(writer)) != 0) {
    png_destroy_write_struct(&writer, &info);
    throw std::runtime_error("cannot write " + path.string());
  }
  png_init_io(writer, file.get());
  png_set_compression_level(writer, 9);
  png_set_IHDR(writer, info, static_cast<png_uint_32>(image.width),
               static_cast<png_uint_32>(image.height), 8,
               image.channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  const auto perMetre = static_cast<png_uint_32>(dpi / 0.0254 + 0.5);
  png_set_pHYs(writer, info, perMetre, perMetre, PNG_RESOLUTION_METER);
  png_write_info(writer, info);
  const auto stride =
      static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.channels);
  for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y) {
    png_write_row(writer, const_cast<png_bytep>(image.data.data() + y * stride));
  }
  png_write_end(writer, nullptr);
  png_destroy_write_struct(&writer, &info);
}

void writeTiff(const std::filesystem::path& path, const std::vector<TiffPage>& pages) {
  std::filesystem::create_directories(path.parent_path());
  const std::unique_ptr<TIFF, void (*)(TIFF*)> tiff(TIFFOpen(path.c_str(), "w"), TIFFClose);
  if (!tiff) {
    throw std::runtime_error("cannot write " + path.string());
  }
  TIFF* const out = tiff.get();
  for (std::size_t number = 0; number < pages.size(); ++number) {
    const TiffPage& page = pages[number];
    const auto width = static_cast<std::size_t>(page.image.width);
    TIFFSetField(out, TIFFTAG_SUBFILETYPE, FILETYPE_PAGE);
    TIFFSetField(out, TIFFTAG_PAGENUMBER, static_cast<int>(number), static_cast<int>(pages.size()));
    TIFFSetField(out, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(page.image.width));
    TIFFSetField(out, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(page.image.height));
    TIFFSetField(out, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    TIFFSetField(out, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(out, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    TIFFSetField(out, TIFFTAG_XRESOLUTION, static_cast<double>(page.dpi));
    TIFFSetField(out, TIFFTAG_YRESOLUTION, static_cast<double>(page.dpi));
    std::vector<std::uint8_t> row;
    if (page.group4) {
      TIFFSetField(out, TIFFTAG_BITSPERSAMPLE, 1);
      TIFFSetField(out, TIFFTAG_SAMPLESPERPIXEL, 1);
      TIFFSetField(out, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
      TIFFSetField(out, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
      TIFFSetField(out, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(page.image.height));
      row.resize((width + 7) / 8);
    } else {
      TIFFSetField(out, TIFFTAG_BITSPERSAMPLE, 8);
      TIFFSetField(out, TIFFTAG_SAMPLESPERPIXEL, page.image.channels);
      TIFFSetField(out, TIFFTAG_COMPRESSION, COMPRESSION_JPEG);
      TIFFSetField(out, TIFFTAG_PHOTOMETRIC,
                   page.image.channels == 3 ? PHOTOMETRIC_YCBCR : PHOTOMETRIC_MINISBLACK);
      TIFFSetField(out, TIFFTAG_JPEGQUALITY, page.jpegQuality);
      TIFFSetField(out, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
      TIFFSetField(out, TIFFTAG_ROWSPERSTRIP, 256U);
    }
    const std::size_t stride = width * static_cast<std::size_t>(page.image.channels);
    for (std::size_t y = 0; y < static_cast<std::size_t>(page.image.height); ++y) {
      const std::uint8_t* const from = page.image.data.data() + y * stride;
      if (page.group4) {
        std::fill(row.begin(), row.end(), std::uint8_t{0});
        for (std::size_t x = 0; x < width; ++x) {
          if (from[x] < 128) {
            row[x / 8] = static_cast<std::uint8_t>(row[x / 8] | (0x80U >> (x % 8)));
          }
        }
      } else {
        row.assign(from, from + stride);
      }
      if (TIFFWriteScanline(out, row.data(), static_cast<std::uint32_t>(y), 0) < 0) {
        throw std::runtime_error("cannot write " + path.string());
      }
    }
    if (TIFFWriteDirectory(out) == 0) {
      throw std::runtime_error("cannot write " + path.string());
    }
  }
}

}  // namespace sohoa::samples
