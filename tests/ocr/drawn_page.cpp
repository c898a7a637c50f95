#include "tests/ocr/drawn_page.h"

#include <pango/pangocairo.h>

#include <cmath>
#include <cstdint>

namespace sohoa::test {
namespace {

constexpr double kScale = 300.0 / 72;

cairo_status_t append(void* to, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct DrawnPage::Surface {
  cairo_surface_t* image;
  cairo_t* cairo;
  void use(Ink ink) const { cairo_set_source_rgb(cairo, ink.red, ink.green, ink.blue); }
};

DrawnPage::DrawnPage(double widthPoints, double heightPoints)
    : surface_(std::make_unique<Surface>()) {
  surface_->image = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(widthPoints * kScale)),
      static_cast<int>(std::lround(heightPoints * kScale)));
  surface_->cairo = cairo_create(surface_->image);
  cairo_scale(surface_->cairo, kScale, kScale);
  surface_->use({0.97, 0.97, 0.95});
  cairo_paint(surface_->cairo);
}

DrawnPage::~DrawnPage() {
  cairo_destroy(surface_->cairo);
  cairo_surface_destroy(surface_->image);
}

double DrawnPage::text(double x, double y, double width, const std::string& font,
                       const std::string& words, Align align, Ink ink) {
  PangoLayout* layout = pango_cairo_create_layout(surface_->cairo);
  PangoFontDescription* description = pango_font_description_from_string(font.c_str());
  pango_font_description_set_absolute_size(description,
                                           pango_font_description_get_size(description));
  pango_layout_set_font_description(layout, description);
  pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_alignment(layout, align == Align::left     ? PANGO_ALIGN_LEFT
                                     : align == Align::centre ? PANGO_ALIGN_CENTER
                                                              : PANGO_ALIGN_RIGHT);
  pango_layout_set_text(layout, words.c_str(), -1);
  surface_->use(ink);
  cairo_move_to(surface_->cairo, x, y);
  pango_cairo_show_layout(surface_->cairo, layout);
  int height = 0;
  pango_layout_get_size(layout, nullptr, &height);
  pango_font_description_free(description);
  g_object_unref(layout);
  return y + static_cast<double>(height) / PANGO_SCALE;
}

void DrawnPage::line(double x0, double y0, double x1, double y1, Ink ink, double thick) {
  surface_->use(ink);
  cairo_set_line_width(surface_->cairo, thick);
  cairo_move_to(surface_->cairo, x0, y0);
  cairo_line_to(surface_->cairo, x1, y1);
  cairo_stroke(surface_->cairo);
}

void DrawnPage::fill(double x, double y, double width, double height, Ink ink) {
  surface_->use(ink);
  cairo_rectangle(surface_->cairo, x, y, width, height);
  cairo_fill(surface_->cairo);
}

void DrawnPage::ring(double x, double y, double radius, Ink ink) {
  cairo_save(surface_->cairo);
  cairo_set_operator(surface_->cairo, CAIRO_OPERATOR_MULTIPLY);
  surface_->use(ink);
  cairo_set_line_width(surface_->cairo, 3);
  for (const double share : {1.0, 0.65, 0.3}) {
    cairo_new_path(surface_->cairo);
    cairo_arc(surface_->cairo, x, y, radius * share, 0, 7);
    cairo_stroke(surface_->cairo);
  }
  cairo_restore(surface_->cairo);
}

void DrawnPage::scrawl(double x, double y, double width, unsigned seed, Ink ink) {
  std::uint32_t state = seed * 2654435761U + 1;
  const auto draw = [&](double range) {
    state = state * 1664525U + 1013904223U;
    return range * static_cast<double>(state >> 8) / (1 << 24);
  };
  surface_->use(ink);
  cairo_set_line_width(surface_->cairo, 1.1);
  const double end = x + width;
  while (x < end) {
    cairo_move_to(surface_->cairo, x, y);
    for (const double stop = x + 10 + draw(30); x < stop;) {
      const double next = x + 2 + draw(5);
      cairo_curve_to(surface_->cairo, x + draw(5), y - 12 + draw(20), next - draw(4),
                     y - 8 + draw(16), next, y - 2 + draw(6));
      x = next;
    }
    cairo_stroke(surface_->cairo);
    x += 8;
  }
}

void DrawnPage::photograph(double x, double y, double width, double height) {
  for (double dy = 0; dy < height; dy += 2) {
    for (double dx = 0; dx < width; dx += 2) {
      const double shade = 0.5 + 0.25 * std::sin(dx / 31) + 0.22 * std::cos(dy / 41 + dx / 97) +
                           0.03 * std::sin(dx * dy);
      fill(x + dx, y + dy, 2.1, 2.1, {shade, shade, shade});
    }
  }
}

PageImage DrawnPage::image() const {
  cairo_surface_flush(surface_->image);
  PageImage page;
  cairo_surface_write_to_png_stream(surface_->image, append, &page.bytes);
  page.format = ImageFormat::png;
  page.width = cairo_image_surface_get_width(surface_->image);
  page.height = cairo_image_surface_get_height(surface_->image);
  page.xDpi = page.yDpi = 300;
  return page;
}

}  // namespace sohoa::test
