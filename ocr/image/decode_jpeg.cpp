#include "ocr/image/decode_jpeg.h"

#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <jpeglib.h>

#include <jerror.h>

#include "ocr/image/colour_planes.h"

namespace sohoa {
namespace {

struct ErrorState {
  jpeg_error_mgr manager{};
  std::jmp_buf escape;
  bool damaged = false;
  char message[JMSG_LENGTH_MAX] = {};
};

ErrorState& stateOf(j_common_ptr info) { return *reinterpret_cast<ErrorState*>(info->err); }

[[noreturn]] void onError(j_common_ptr info) {
  ErrorState& state = stateOf(info);
  info->err->format_message(info, state.message);
  std::longjmp(state.escape, 1);
}

// libjpeg fills what is missing with grey and only warns; a page must not be read like that.
void onMessage(j_common_ptr info, int level) {
  if (level >= 0) return;
  const int code = info->err->msg_code;
  if (code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM || code == JWRN_JFIF_MAJOR) return;
  ErrorState& state = stateOf(info);
  if (!state.damaged) info->err->format_message(info, state.message);
  state.damaged = true;
}

class Decoder {
 public:
  Decoder() {
    info_.err = jpeg_std_error(&errors_.manager);
    errors_.manager.error_exit = onError;
    errors_.manager.emit_message = onMessage;
  }
  ~Decoder() { jpeg_destroy_decompress(&info_); }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // No object with a destructor may live in this frame: longjmp returns to it.
  bool decode(std::string_view bytes, int eighths) {
    if (setjmp(errors_.escape) != 0) return false;
    jpeg_create_decompress(&info_);
    jpeg_mem_src(&info_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&info_, TRUE);
    info_.scale_num = static_cast<unsigned>(eighths);
    info_.scale_denom = 8;
    info_.dct_method = JDCT_ISLOW;
    info_.do_fancy_upsampling = FALSE;
    if (info_.num_components == 1) {
      info_.out_color_space = JCS_GRAYSCALE;
    } else if (info_.num_components == 3) {
      // RGB-coded JPEGs cannot be delivered as YCbCr; they are converted row by row below.
      info_.out_color_space = info_.jpeg_color_space == JCS_YCbCr ? JCS_YCbCr : JCS_RGB;
    } else {
      info_.out_color_space = JCS_CMYK;
    }
    jpeg_start_decompress(&info_);
    begin();
    while (info_.output_scanline < info_.output_height) {
      unsigned char* row = scanline_.data();
      const int y = static_cast<int>(info_.output_scanline);
      if (jpeg_read_scanlines(&info_, &row, 1) != 1) break;
      take(y);
    }
    jpeg_finish_decompress(&info_);
    if (collector_) collector_->finish();
    return true;
  }

  bool damaged() const { return errors_.damaged; }
  const char* message() const { return errors_.message; }
  DecodedPage take() { return std::move(page_); }

 private:
  void begin() {
    const int width = static_cast<int>(info_.output_width);
    const int height = static_cast<int>(info_.output_height);
    scanline_.resize(static_cast<std::size_t>(width) *
                     static_cast<std::size_t>(info_.output_components));
    if (info_.output_components == 1) {
      page_.seen = Plane(width, height);
    } else {
      ycc_.resize(static_cast<std::size_t>(width) * 3);
      collector_ = std::make_unique<TintCollector>(page_, width, height);
    }
  }

  void take(int y) {
    if (!collector_) {
      std::copy(scanline_.begin(), scanline_.end(), page_.seen.row(y));
      return;
    }
    if (info_.out_color_space == JCS_YCbCr) {
      collector_->addRow(y, scanline_.data());
      return;
    }
    const int step = info_.output_components;
    for (int x = 0; x < page_.seen.width; ++x) {
      const unsigned char* p = scanline_.data() + static_cast<std::ptrdiff_t>(x) * step;
      int r = p[0], g = p[1], b = p[2];
      if (step == 4) {  // Adobe stores CMYK inverted: 255 is no ink
        r = r * p[3] / 255;
        g = g * p[3] / 255;
        b = b * p[3] / 255;
      }
      toYcc(r, g, b, ycc_.data() + static_cast<std::ptrdiff_t>(x) * 3);
    }
    collector_->addRow(y, ycc_.data());
  }

  jpeg_decompress_struct info_{};
  ErrorState errors_;
  DecodedPage page_;
  std::vector<unsigned char> scanline_, ycc_;
  std::unique_ptr<TintCollector> collector_;
};

}  // namespace

Result<DecodedPage> decodeJpeg(std::string_view bytes, int eighths) {
  Decoder decoder;
  if (!decoder.decode(bytes, eighths) || decoder.damaged()) {
    return ItemError{Stage::recognition, Cause::fileTruncated, "", decoder.message()};
  }
  return decoder.take();
}

}  // namespace sohoa
