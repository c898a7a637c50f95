#include "tests/support/stack_pages.h"

#include <cairo.h>
#include <fmt/core.h>
#include <leptonica/allheaders.h>
#include <pango/pangocairo.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "core/handle.h"
#include "core/separator_marks.h"
#include "pdf/drawing/qr_symbol.h"
#include "samples/drawn_face.h"
#include "tests/support/files.h"

namespace sohoa::test {
namespace {

constexpr double kWidth = 210, kHeight = 297;                    ///< millimetres
constexpr double kCodeLeft = 34, kCodeTop = 34, kCodeSide = 64;  ///< as on the printed sheet

struct PixDeleter {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixHandle = std::unique_ptr<Pix, PixDeleter>;

class Dice {
 public:
  explicit Dice(int seed) : state_(static_cast<std::uint32_t>(seed) * 2654435761u + 12345u) {}
  std::uint32_t next() { return state_ = state_ * 1664525u + 1013904223u, state_ >> 8; }
  double share() { return next() / 16777216.0; }
  int below(int most) { return static_cast<int>(next() % static_cast<std::uint32_t>(most)); }

 private:
  std::uint32_t state_;
};

void disc(cairo_t* pen, double x, double y, double radius) {
  cairo_arc(pen, x, y, radius, 0, 2 * M_PI);
  cairo_fill(pen);
}

void write(cairo_t* pen, double x, double y, double size, const std::string& text) {
  const Handle<PangoLayout, g_object_unref> layout(pango_cairo_create_layout(pen));
  const Handle<PangoFontDescription, pango_font_description_free> font(
      pango_font_description_from_string("Liberation Serif"));
  pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_text(layout.get(), text.c_str(), -1);
  samples::requireFace(layout.get());
  cairo_move_to(pen, x, y);
  pango_cairo_show_layout(pen, layout.get());
}

void drawCode(cairo_t* pen, const std::string& payload, double left, double top, double side) {
  const QrSymbol symbol = qrSymbol(payload);
  const double module = side / symbol.size;
  for (int y = 0; y < symbol.size; ++y) {
    for (int x = 0; x < symbol.size; ++x) {
      if (symbol.at(x, y))
        cairo_rectangle(pen, left + x * module, top + y * module, module, module);
    }
  }
  cairo_fill(pen);
}

/// Two rings and a star in the red of a seal.
void drawSeal(cairo_t* pen, double x, double y) {
  cairo_save(pen);
  cairo_set_operator(pen, CAIRO_OPERATOR_MULTIPLY);  // ink over print stays dark
  cairo_set_source_rgb(pen, 0.87, 0.2, 0.28);
  cairo_set_line_width(pen, 1.2);
  cairo_arc(pen, x, y, 18, 0, 2 * M_PI);
  cairo_stroke(pen);
  cairo_set_line_width(pen, 0.5);
  cairo_arc(pen, x, y, 12, 0, 2 * M_PI);
  cairo_stroke(pen);
  for (int i = 0; i < 5; ++i) {
    const double angle = -M_PI / 2 + i * 4 * M_PI / 5;
    cairo_line_to(pen, x + 7 * std::cos(angle), y + 7 * std::sin(angle));
  }
  cairo_close_path(pen);
  cairo_fill(pen);
  cairo_restore(pen);
}

void drawSheet(cairo_t* pen, const StackPageLook& look, Dice& dice) {
  const double grey = 1 - look.darkness;
  cairo_set_source_rgb(pen, grey, grey, grey);
  drawCode(pen, look.payload.empty() ? separatorPayload(look.sheet) : look.payload, kCodeLeft,
           kCodeTop, kCodeSide);
  for (const auto& place : separator_marks::kPlaces) {
    if (look.hiddenMarks) break;
    bool black = separator_marks::kRadii.size() % 2 != 0;
    for (std::size_t i = separator_marks::kRadii.size(); i-- > 0; black = !black) {
      const double level = black ? grey : 1;
      cairo_set_source_rgb(pen, level, level, level);
      disc(pen, place.x, place.y, separator_marks::kRadii[i]);
    }
  }
  cairo_set_source_rgb(pen, grey, grey, grey);
  write(pen, 108, 40, 8, "TỜ NGĂN CÁCH");
  write(pen, kCodeLeft, 112, 11, look.sheet.code);
  write(pen, kCodeLeft, 133, 5, "Đơn vị: Phòng Quản lý đất đai");
  if (look.tornCode > 0) {
    cairo_set_source_rgb(pen, 1, 1, 1);
    cairo_move_to(pen, kCodeLeft - 5, kCodeTop - 5);
    const double deep = (kCodeSide + 10) * look.tornCode;
    for (int i = 0; i <= 12; ++i) {
      cairo_line_to(pen, kCodeLeft - 5 + (kCodeSide + 10) * i / 12,
                    kCodeTop - 5 + deep + 3 * dice.share());
    }
    cairo_line_to(pen, kCodeLeft + kCodeSide + 5, kCodeTop - 5);
    cairo_fill(pen);
  }
  if (look.sealNearCode)
    drawSeal(pen, kCodeLeft + kCodeSide * dice.share(), kCodeTop + kCodeSide + 8);
}

void drawContent(cairo_t* pen, const StackPageLook& look, Dice& dice) {
  static constexpr std::array kLines = {
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
      "Theo đề nghị của Trưởng Phòng Quản lý đất đai tại Tờ trình số 12/TTr-QLĐĐ,",
      "Điều 1. Cấp giấy phép khai thác nước dưới đất cho tổ chức có tên dưới đây:",
      "Thửa đất số 214, tờ bản đồ số 37, diện tích 482,5 m², đất ở tại nông thôn.",
      "Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.",
      "Nơi nhận: Như Điều 3; Lưu: VT, hồ sơ."};
  cairo_set_source_rgb(pen, 0.08, 0.08, 0.1);
  const int lines = 6 + dice.below(24);
  for (int i = 0; i < lines; ++i) {
    write(pen, 30 + dice.below(6), 24 + 8.2 * i, 4.6,
          fmt::format("{} {}", kLines[static_cast<std::size_t>(dice.below(8))], dice.below(1000)));
  }
  if (dice.below(3) == 0) {  // a table
    cairo_set_line_width(pen, 0.35);
    for (int i = 0; i < 7; ++i) {
      cairo_move_to(pen, 30, 230 + 6 * i), cairo_line_to(pen, 190, 230 + 6 * i);
      cairo_move_to(pen, 30 + 26 * i, 230), cairo_line_to(pen, 30 + 26 * i, 266);
    }
    cairo_stroke(pen);
  }
  if (dice.below(2) == 0) drawSeal(pen, 140 + dice.below(30), 190 + dice.below(60));
  if (dice.below(8) == 0) {  // round stamps and holes in black, none of them a mark
    cairo_set_line_width(pen, 1);
    for (int i = 1; i < 4; ++i) {
      cairo_arc(pen, 60, 250, 3.0 * i, 0, 2 * M_PI);
      cairo_stroke(pen);
    }
    disc(pen, 8, 80, 2.5);
    disc(pen, 8, 160, 2.5);
  }
  if (!look.payload.empty()) drawCode(pen, look.payload, 22, 16, 24);
}

PixHandle toPix(cairo_surface_t* surface, int width, int height, double noise, Dice& dice) {
  PixHandle page(pixCreate(width, height, 32));
  const unsigned char* row = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  std::array<int, 1024> grains{};
  for (int& grain : grains) {
    grain = static_cast<int>(noise * 1.7 * (dice.share() + dice.share() + dice.share() - 1.5));
  }
  std::uint32_t state = dice.next() | 1u;
  const int paper = 236 + dice.below(14);
  for (int y = 0; y < height; ++y, row += stride) {
    l_uint32* line =
        pixGetData(page.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(page.get());
    for (int x = 0; x < width; ++x) {
      state ^= state << 13, state ^= state >> 17, state ^= state << 5;
      const int grain = grains[state & 1023u];
      l_uint32 pixel = 0;
      for (int c = 2; c >= 0; --c) {
        const int value = row[4 * x + c] * paper / 255 + grain;
        pixel = pixel << 8 | static_cast<l_uint32>(value < 0 ? 0 : value > 255 ? 255 : value);
      }
      line[x] = pixel << 8;
    }
  }
  return page;
}

std::string pdfStream(const std::string& dictionary, const std::string& data) {
  return fmt::format("<<{} /Length {}>>\nstream\n", dictionary, data.size()) + data + "\nendstream";
}

}  // namespace

std::string stackPage(const StackPageLook& look) {
  const double scale = look.dpi / 25.4;
  const int width = static_cast<int>(kWidth * scale), height = static_cast<int>(kHeight * scale);
  const Handle<cairo_surface_t, cairo_surface_destroy> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  const Handle<cairo_t, cairo_destroy> pen(cairo_create(surface.get()));
  cairo_set_source_rgb(pen.get(), 1, 1, 1);
  cairo_paint(pen.get());
  cairo_scale(pen.get(), scale, scale);
  cairo_translate(pen.get(), kWidth / 2, kHeight / 2);
  cairo_rotate(pen.get(), look.skewDegrees * M_PI / 180 + (look.upsideDown ? M_PI : 0));
  cairo_scale(pen.get(), look.scale, look.scale);
  cairo_translate(pen.get(), -kWidth / 2, -kHeight / 2);
  Dice dice(look.seed);
  if (look.kind == StackPageLook::Kind::sheet) drawSheet(pen.get(), look, dice);
  if (look.kind == StackPageLook::Kind::content) drawContent(pen.get(), look, dice);
  if (look.kind == StackPageLook::Kind::blank && look.showThrough > 0) {
    StackPageLook other = look;
    other.darkness = look.showThrough;
    cairo_translate(pen.get(), kWidth, 0);
    cairo_scale(pen.get(), -1, 1);  // seen from behind
    drawSheet(pen.get(), other, dice);
  }
  cairo_surface_flush(surface.get());
  const PixHandle page = toPix(surface.get(), width, height, look.noise, dice);
  pixSetResolution(page.get(), look.dpi, look.dpi);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (pixWriteMemJpeg(&data, &size, page.get(), 75, 0) != 0)
    throw std::runtime_error("pixWriteMemJpeg");
  const Handle<l_uint8, std::free> owner(data);
  return {reinterpret_cast<const char*>(data), size};
}

std::string pagesAsPdf(const std::vector<std::string>& jpegs, int dpi) {
  const double width = kWidth * 72 / 25.4, height = kHeight * 72 / 25.4;
  std::vector<std::string> objects = {"<</Type /Catalog /Pages 2 0 R>>", "", ""};
  std::string kids, images;
  for (std::size_t i = 0; i < jpegs.size(); ++i) {
    const std::size_t first = objects.size() + 1;
    objects.push_back(
        fmt::format("<</Type /Page /Parent 2 0 R /MediaBox [0 0 {:.3f} {:.3f}] /Contents {} 0 R>>",
                    width, height, first + 1));
    objects.push_back(
        pdfStream("", fmt::format("q {:.3f} 0 0 {:.3f} 0 0 cm /Im{} Do Q", width, height, i)));
    objects.push_back(pdfStream(
        fmt::format("/Type /XObject /Subtype /Image /Width {} /Height {} /BitsPerComponent 8 "
                    "/ColorSpace /DeviceRGB /Filter /DCTDecode",
                    static_cast<int>(kWidth * dpi / 25.4), static_cast<int>(kHeight * dpi / 25.4)),
        jpegs[i]));
    kids += fmt::format("{} 0 R ", first);
    images += fmt::format("/Im{} {} 0 R ", i, first + 2);
  }
  objects[1] =
      fmt::format("<</Type /Pages /Kids [{}] /Count {} /Resources 3 0 R>>", kids, jpegs.size());
  objects[2] = fmt::format("<</XObject <<{}>>>>", images);
  std::string pdf = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n", xref = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    xref += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n", i + 1) + objects[i] + "\nendobj\n";
  }
  return pdf +
         fmt::format("xref\n0 {}\n{}trailer\n<</Size {} /Root 1 0 R>>\nstartxref\n{}\n%%EOF\n",
                     objects.size() + 1, xref, objects.size() + 1, pdf.size());
}

std::string pagesAsTiff(const std::vector<std::string>& jpegs, int dpi) {
  const TemporaryFolder folder;
  const std::string file = (folder / "stack.tif").string();
  const char* mode = "w";
  for (const std::string& jpeg : jpegs) {
    const PixHandle page(pixReadMem(reinterpret_cast<const l_uint8*>(jpeg.data()), jpeg.size()));
    const PixHandle grey(pixConvertTo8(page.get(), 0));
    const PixHandle bits(pixThresholdToBinary(grey.get(), 150));
    pixSetResolution(bits.get(), dpi, dpi);
    if (pixWriteTiff(file.c_str(), bits.get(), IFF_TIFF_G4, mode) != 0)
      throw std::runtime_error("pixWriteTiff");
    mode = "a";
  }
  return slurp(file);
}

}  // namespace sohoa::test
