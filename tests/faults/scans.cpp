#include "tests/faults/scans.h"

#include <cairo.h>
#include <fmt/core.h>
#include <leptonica/allheaders.h>
#include <pango/pangocairo.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <vector>

#include "core/handle.h"
#include "samples/drawn_face.h"

namespace sohoa::test {
namespace {

struct PixDeleter {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixHandle = std::unique_ptr<Pix, PixDeleter>;

constexpr double kPageWidth = 420, kPageHeight = 298;  // points: A5 across

std::string pageText(int seed) {
  static constexpr std::array kUnits = {"Phòng Quản lý đất đai", "Chi cục Bảo vệ môi trường",
                                        "Phòng Tài nguyên nước", "Văn phòng Đăng ký đất đai"};
  return fmt::format(
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
      "Độc lập - Tự do - Hạnh phúc\n"
      "Số: {}/QĐ-STNMT\n"
      "QUYẾT ĐỊNH\n"
      "Về việc cấp giấy phép khai thác nước dưới đất\n"
      "Căn cứ Luật Tổ chức chính quyền địa phương;\n"
      "Theo đề nghị của Trưởng {}\n"
      "Nơi nhận: lưu văn thư, hồ sơ số {}.",
      1000 + seed, kUnits.at(static_cast<std::size_t>(seed) % kUnits.size()), 7 * seed + 31);
}

/// Black on white, 8 bits.
PixHandle draw(int seed, int dpi) {
  const double scale = dpi / 72.0;
  const int width = static_cast<int>(kPageWidth * scale),
            height = static_cast<int>(kPageHeight * scale);
  const Handle<cairo_surface_t, cairo_surface_destroy> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  const Handle<cairo_t, cairo_destroy> pen(cairo_create(surface.get()));
  cairo_set_source_rgb(pen.get(), 1, 1, 1);
  cairo_paint(pen.get());
  cairo_set_source_rgb(pen.get(), 0, 0, 0);
  cairo_scale(pen.get(), scale, scale);
  cairo_move_to(pen.get(), 40, 36);
  const Handle<PangoLayout, g_object_unref> layout(pango_cairo_create_layout(pen.get()));
  const Handle<PangoFontDescription, pango_font_description_free> font(
      pango_font_description_from_string("Liberation Serif"));
  pango_font_description_set_absolute_size(font.get(), 14 * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_text(layout.get(), pageText(seed).c_str(), -1);
  samples::requireFace(layout.get());
  pango_layout_set_spacing(layout.get(), 6 * PANGO_SCALE);
  pango_cairo_show_layout(pen.get(), layout.get());
  cairo_surface_flush(surface.get());

  PixHandle page(pixCreate(width, height, 8));
  const unsigned char* row = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < height; ++y, row += stride) {
    for (int x = 0; x < width; ++x) pixSetPixel(page.get(), x, y, row[4 * x]);
  }
  pixSetResolution(page.get(), dpi, dpi);
  return page;
}

std::string encoded(Pix* page, PageFormat format) {
  l_uint8* data = nullptr;
  std::size_t size = 0;
  const int kind = format == PageFormat::jpeg ? IFF_JFIF_JPEG
                   : format == PageFormat::png
                       ? IFF_PNG
                       : (pixGetDepth(page) == 1 ? IFF_TIFF_G4 : IFF_TIFF_LZW);
  if (pixWriteMem(&data, &size, page, kind) != 0) throw std::runtime_error("pixWriteMem");
  std::string bytes(reinterpret_cast<const char*>(data), size);
  std::free(data);
  return bytes;
}

std::string pdfOf(const std::vector<std::string>& objects) {
  std::string pdf = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n", xref = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    xref += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n", i + 1) + objects[i] + "\nendobj\n";
  }
  const std::size_t count = objects.size() + 1;
  return pdf +
         fmt::format("xref\n0 {}\n{}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n",
                     count, xref, count, pdf.size());
}

std::string stream(const std::string& dictionary, const std::string& data) {
  return fmt::format("<< {} /Length {} >>\nstream\n", dictionary, data.size()) + data +
         "\nendstream";
}

}  // namespace

std::string scannedPage(int seed, PageFormat format, int dpi) {
  return encoded(draw(seed, dpi).get(), format);
}

std::string blankImage(int width, int height, PageFormat format, int dpi) {
  const PixHandle page(pixCreate(width, height, 1));
  pixSetResolution(page.get(), dpi, dpi);
  return encoded(page.get(), format);
}

std::string scannedPdf(const std::string& jpeg, int dpi) {
  const PixHandle page(pixReadMem(reinterpret_cast<const l_uint8*>(jpeg.data()), jpeg.size()));
  const int width = pixGetWidth(page.get()), height = pixGetHeight(page.get());
  const double points = 72.0 / dpi;
  const std::string paint =
      fmt::format("q {:.3f} 0 0 {:.3f} 0 0 cm /Im Do Q", width * points, height * points);
  return pdfOf(
      {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
       fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {:.3f} {:.3f}] /Contents 4 0 R "
                   "/Resources << /XObject << /Im 5 0 R >> >> >>",
                   width * points, height * points),
       stream("", paint),
       stream(fmt::format("/Type /XObject /Subtype /Image /Width {} /Height {} /BitsPerComponent 8 "
                          "/ColorSpace /DeviceGray /Filter /DCTDecode",
                          width, height),
              jpeg)});
}

std::string bornDigitalPdf() {
  return pdfOf(
      {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
       "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 298] /Contents 4 0 R "
       "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
       stream("", "BT /F 14 Tf 40 200 Td (Written with a word processor) Tj ET")});
}

}  // namespace sohoa::test
