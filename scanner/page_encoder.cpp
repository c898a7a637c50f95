#include "scanner/page_encoder.h"

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <jpeglib.h>
#include <tiffio.h>

#include "core/bytes/memory_file.h"

namespace sohoa {
namespace {

struct Escape {
  jpeg_error_mgr manager{};
  std::jmp_buf to;
  char message[JMSG_LENGTH_MAX] = {};
};

[[noreturn]] void onError(j_common_ptr info) {
  Escape& escape = *reinterpret_cast<Escape*>(info->err);
  info->err->format_message(info, escape.message);
  std::longjmp(escape.to, 1);
}

class JpegEncoder {
 public:
  JpegEncoder() {
    info_.err = jpeg_std_error(&escape_.manager);
    escape_.manager.error_exit = onError;
    jpeg_create_compress(&info_);
  }
  ~JpegEncoder() {
    jpeg_destroy_compress(&info_);
    std::free(bytes_);
  }
  JpegEncoder(const JpegEncoder&) = delete;
  JpegEncoder& operator=(const JpegEncoder&) = delete;

  // No object with a destructor may live in this frame: longjmp returns to it.
  bool encode(const RawSide& side, int quality) {
    if (setjmp(escape_.to) != 0) return false;
    jpeg_mem_dest(&info_, &bytes_, &size_);
    info_.image_width = static_cast<JDIMENSION>(side.width);
    info_.image_height = static_cast<JDIMENSION>(side.height);
    info_.input_components = side.channels;
    info_.in_color_space = side.channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
    jpeg_set_defaults(&info_);
    jpeg_set_quality(&info_, quality, TRUE);
    for (int i = 0; i < info_.num_components; ++i) {  // red seals over black text keep their edges
      info_.comp_info[i].h_samp_factor = info_.comp_info[i].v_samp_factor = 1;
    }
    info_.optimize_coding = TRUE;
    info_.density_unit = 1;  // dots per inch
    info_.X_density = static_cast<UINT16>(std::lround(side.xDpi));
    info_.Y_density = static_cast<UINT16>(std::lround(side.yDpi));
    jpeg_start_compress(&info_, TRUE);
    const char* row = side.samples.data();
    while (info_.next_scanline < info_.image_height) {
      // libjpeg's rows are not const, but it does not write to them.
      JSAMPROW line = reinterpret_cast<JSAMPROW>(const_cast<char*>(row));
      jpeg_write_scanlines(&info_, &line, 1);
      row += side.rowBytes();
    }
    jpeg_finish_compress(&info_);
    return true;
  }
  std::string bytes() const { return {reinterpret_cast<const char*>(bytes_), size_}; }
  const char* message() const { return escape_.message; }

 private:
  Escape escape_;
  jpeg_compress_struct info_{};
  unsigned char* bytes_ = nullptr;
  unsigned long size_ = 0;
};

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

std::string encodeTiff(const RawSide& side) {
  MemoryFile file;
  TIFF* tiff = TIFFClientOpen("page", "w", &file, readFrom, writeTo, seekIn, closeNothing, sizeOf,
                              nullptr, nullptr);
  if (tiff == nullptr) return {};
  const auto height = static_cast<std::uint32_t>(side.height);
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(side.width));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, height);
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, side.xDpi);
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, side.yDpi);
  TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  // libtiff's writing functions take void* but do not write to it.
  const bool written = TIFFWriteEncodedStrip(tiff, 0, const_cast<char*>(side.samples.data()),
                                             static_cast<tmsize_t>(side.samples.size())) >= 0;
  TIFFClose(tiff);
  return written ? file.take() : std::string();
}

ItemError refused(const std::string& detail) {
  return {Stage::intake, Cause::scanDeviceGone, "", detail};
}

}  // namespace

Result<PageImage> encodeSide(const RawSide& side, int jpegQuality) {
  const bool known = side.bits == 8 || (side.bits == 1 && side.channels == 1);
  if (!known || side.width < 1 || side.height < 1 || (side.channels != 1 && side.channels != 3) ||
      side.samples.size() != side.rowBytes() * static_cast<std::size_t>(side.height)) {
    return refused("the samples make no picture");
  }
  PageImage page;
  page.width = side.width, page.height = side.height;
  page.xDpi = side.xDpi, page.yDpi = side.yDpi;
  if (side.bits == 1) {
    page.format = ImageFormat::tiff;
    page.bytes = encodeTiff(side);
    if (page.bytes.empty()) return refused("libtiff cannot write the page");
    return page;
  }
  JpegEncoder encoder;
  if (!encoder.encode(side, jpegQuality)) return refused(encoder.message());
  page.format = ImageFormat::jpeg;
  page.bytes = encoder.bytes();
  return page;
}

}  // namespace sohoa
