#include "pdf/images/tiff_memory.h"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace sohoa {
namespace {

int keep(TIFF*, void* log, const char*, const char* format, va_list arguments) {
  std::array<char, 256> text{};
  std::vsnprintf(text.data(), text.size(), format, arguments);
  auto& errors = static_cast<TiffLog*>(log)->errors;
  if (errors.size() < 20) errors.emplace_back(text.data());
  return 1;
}

// libtiff leaves out a tag whose value lies beyond the end of the file, with a warning only.
int heedCut(TIFF* tiff, void* log, const char* where, const char* format, va_list arguments) {
  if (std::strstr(format, "IO error") == nullptr) return 1;
  static_cast<TiffLog*>(log)->cut = true;
  return keep(tiff, log, where, format, arguments);
}

using Options = Handle<TIFFOpenOptions, TIFFOpenOptionsFree>;

Options optionsFor(TiffLog& log) {
  Options options(TIFFOpenOptionsAlloc());
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keep, &log);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), heedCut, &log);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), tmsize_t{2} << 30);
  return options;
}

MemoryFile& fileOf(thandle_t handle) { return *static_cast<MemoryFile*>(handle); }
tmsize_t readFrom(thandle_t handle, void* to, tmsize_t size) {
  return static_cast<tmsize_t>(fileOf(handle).read(to, static_cast<std::size_t>(size)));
}
tmsize_t writeTo(thandle_t handle, void* from, tmsize_t size) {
  fileOf(handle).write(from, static_cast<std::size_t>(size));
  return size;
}
toff_t seekIn(thandle_t handle, toff_t offset, int whence) {
  return fileOf(handle).seek(offset, whence);
}
int closeNothing(thandle_t) { return 0; }
toff_t sizeOf(thandle_t handle) { return fileOf(handle).size(); }

}  // namespace

TiffHandle openTiffFile(const std::string& path, TiffLog& log) {
  // "m": no memory mapping, so that a file cut short meanwhile is an error and not a signal.
  return TiffHandle(TIFFOpenExt(path.c_str(), "rm", optionsFor(log).get()));
}

MemoryTiff::MemoryTiff(bool bigEndian) {
  handle_.reset(TIFFClientOpenExt("memory", bigEndian ? "wb" : "wl", file_.get(), readFrom, writeTo,
                                  seekIn, closeNothing, sizeOf, nullptr, nullptr,
                                  optionsFor(log_).get()));
}

std::string MemoryTiff::finish() {
  handle_.reset();
  return file_->take();
}

std::string wrapAsTiff(const TiffPicture& picture) {
  MemoryTiff out;
  if (!out.usable()) return {};
  TIFF* tiff = out.get();
  const auto height = static_cast<std::uint32_t>(picture.height);
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(picture.width));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, picture.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, picture.samples);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, static_cast<int>(picture.compression));
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, static_cast<int>(picture.photometric));
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, height);
  if (picture.compression == COMPRESSION_CCITTFAX3) {
    TIFFSetField(tiff, TIFFTAG_GROUP3OPTIONS, picture.group3Options);
  }
  if (picture.photometric == PHOTOMETRIC_PALETTE) {
    const std::size_t entries = std::size_t{1} << picture.bits;
    std::vector<std::uint16_t> red(entries), green(entries), blue(entries);
    for (std::size_t i = 0; i < entries && 3 * i + 2 < picture.palette.size(); ++i) {
      const auto wide = [&](std::size_t at) {
        return static_cast<std::uint16_t>(257 * static_cast<unsigned char>(picture.palette[at]));
      };
      red[i] = wide(3 * i), green[i] = wide(3 * i + 1), blue[i] = wide(3 * i + 2);
    }
    TIFFSetField(tiff, TIFFTAG_COLORMAP, red.data(), green.data(), blue.data());
  }
  if (picture.xDpi > 0) {
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, picture.xDpi);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, picture.yDpi);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  }
  // libtiff's writing functions take void* but do not write to it.
  if (TIFFWriteRawStrip(tiff, 0, const_cast<char*>(picture.data.data()),
                        static_cast<tmsize_t>(picture.data.size())) < 0) {
    return {};
  }
  return out.finish();
}

std::string encodeGroup4(int width, int height, std::string_view rows) {
  MemoryTiff out;
  if (!out.usable()) return {};
  TIFF* tiff = out.get();
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(width));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(height));
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(height));
  if (TIFFWriteEncodedStrip(tiff, 0, const_cast<char*>(rows.data()),
                            static_cast<tmsize_t>(rows.size())) < 0) {
    return {};
  }
  TIFFFlushData(tiff);
  const std::uint64_t offset = TIFFGetStrileOffset(tiff, 0);
  const std::uint64_t size = TIFFGetStrileByteCount(tiff, 0);
  const std::string file = out.finish();
  if (size == 0 || offset + size > file.size()) return {};
  return file.substr(offset, size);
}

}  // namespace sohoa
