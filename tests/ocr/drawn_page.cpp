#include "tests/ocr/drawn_page.h"

#include <allheaders.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>

#include "samples/drawn_face.h"

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
    : surface_(std::make_unique<Surface>()), width_(widthPoints), height_(heightPoints) {
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
  samples::requireFace(layout);
  const auto faded = [&](double share) { return 0.97 - (0.97 - share) * strength_; };
  surface_->use({faded(ink.red), faded(ink.green), faded(ink.blue)});
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

void DrawnPage::frame(double x, double y, double width, double height, Ink ink) {
  cairo_save(surface_->cairo);
  cairo_set_operator(surface_->cairo, CAIRO_OPERATOR_MULTIPLY);
  surface_->use(ink);
  cairo_set_line_width(surface_->cairo, 1.6);
  cairo_rectangle(surface_->cairo, x, y, width, height);
  for (const double share : {0.36, 0.68}) {
    cairo_move_to(surface_->cairo, x + 6, y + share * height);
    cairo_line_to(surface_->cairo, x + width - 6, y + share * height);
  }
  cairo_stroke(surface_->cairo);
  cairo_restore(surface_->cairo);
}

double DrawnPage::width(const std::string& font, const std::string& words) const {
  PangoLayout* layout = pango_cairo_create_layout(surface_->cairo);
  PangoFontDescription* description = pango_font_description_from_string(font.c_str());
  pango_font_description_set_absolute_size(description,
                                           pango_font_description_get_size(description));
  pango_layout_set_font_description(layout, description);
  pango_layout_set_text(layout, words.c_str(), -1);
  samples::requireFace(layout);
  int width = 0;
  pango_layout_get_size(layout, &width, nullptr);
  pango_font_description_free(description);
  g_object_unref(layout);
  return static_cast<double>(width) / PANGO_SCALE;
}

void DrawnPage::pen(double x, double room, double base, const std::string& font, double size,
                    const std::string& words, Ink ink, unsigned seed) {
  std::mt19937 dice(seed);
  const auto draw = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(dice()) / 4294967296.0);
  };
  const auto styled = [&](double points) { return font + " " + std::to_string(points); };
  size = std::min(size, size * room / std::max(width(styled(size), words), 1.0));
  surface_->use(ink);
  for (const char letter : words) {
    const double own = size * draw(0.9, 1.1);
    PangoLayout* layout = pango_cairo_create_layout(surface_->cairo);
    PangoFontDescription* description = pango_font_description_from_string(styled(own).c_str());
    pango_font_description_set_absolute_size(description,
                                             pango_font_description_get_size(description));
    pango_layout_set_font_description(layout, description);
    pango_layout_set_text(layout, &letter, 1);
    samples::requireFace(layout);
    cairo_save(surface_->cairo);
    cairo_translate(surface_->cairo, x, base + draw(-0.06, 0.06) * size);
    cairo_rotate(surface_->cairo, draw(-0.08, 0.08));
    cairo_move_to(surface_->cairo, 0,
                  -static_cast<double>(pango_layout_get_baseline(layout)) / PANGO_SCALE);
    pango_cairo_show_layout(surface_->cairo, layout);
    cairo_restore(surface_->cairo);
    int advance = 0;
    pango_layout_get_size(layout, &advance, nullptr);
    x += static_cast<double>(advance) / PANGO_SCALE + draw(-0.03, 0.06) * size;
    pango_font_description_free(description);
    g_object_unref(layout);
  }
}

void DrawnPage::turn(double degrees) {
  cairo_translate(surface_->cairo, width_ / 2, height_ / 2);
  cairo_rotate(surface_->cairo, degrees * 3.14159265358979 / 180);
  cairo_translate(surface_->cairo, -width_ / 2, -height_ / 2);
}

void DrawnPage::fade(double strength) { strength_ = strength; }

PageImage DrawnPage::scanned(double dpi, double blur, double noise, int quality,
                             unsigned seed) const {
  const PageImage drawn = image();
  Pix* pix = pixReadMem(reinterpret_cast<const l_uint8*>(drawn.bytes.data()), drawn.bytes.size());
  if (dpi != 300) {
    Pix* scaled =
        pixScaleAreaMap(pix, static_cast<float>(dpi / 300), static_cast<float>(dpi / 300));
    pixDestroy(&pix);
    pix = scaled;
  }
  L_KERNEL* kernel = makeGaussianKernel(1, 1, static_cast<float>(blur), 1.0F);
  Pix* soft = pixConvolveRGB(pix, kernel);
  kernelDestroy(&kernel);
  pixDestroy(&pix);
  std::mt19937 dice(seed);
  // The sum of four dice is near enough to a normal distribution.
  const auto bell = [&] {
    const auto bits = static_cast<std::uint32_t>(dice());
    const int sum = static_cast<int>(bits & 255) + static_cast<int>((bits >> 8) & 255) +
                    static_cast<int>((bits >> 16) & 255) + static_cast<int>(bits >> 24);
    return (sum - 510) / 147.8;
  };
  l_uint32* data = pixGetData(soft);
  const std::size_t words =
      static_cast<std::size_t>(pixGetWpl(soft)) * static_cast<std::size_t>(pixGetHeight(soft));
  for (std::size_t i = 0; i < words; ++i) {
    const int grey = static_cast<int>(std::lround(noise * bell()));
    const auto with = [&](int shift) {
      const int value = static_cast<int>((data[i] >> shift) & 255) + grey;
      return static_cast<l_uint32>(std::min(255, std::max(0, value))) << shift;
    };
    data[i] = with(24) | with(16) | with(8);
  }
  l_uint8* bytes = nullptr;
  std::size_t size = 0;
  pixSetSpp(soft, 3);
  pixWriteMemJpeg(&bytes, &size, soft, quality, 0);
  PageImage page;
  page.format = ImageFormat::jpeg;
  page.width = pixGetWidth(soft);
  page.height = pixGetHeight(soft);
  page.xDpi = page.yDpi = dpi;
  page.bytes.assign(reinterpret_cast<const char*>(bytes), size);
  lept_free(bytes);
  pixDestroy(&soft);
  return page;
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
