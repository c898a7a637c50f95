#include "samples/drawing/penmanship.h"

#include <glib.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sohoa::samples {
namespace {

constexpr unsigned kGrave = 0x300;
constexpr unsigned kAcute = 0x301;
constexpr unsigned kCircumflex = 0x302;
constexpr unsigned kTilde = 0x303;
constexpr unsigned kBreve = 0x306;
constexpr unsigned kHook = 0x309;
constexpr unsigned kHorn = 0x31B;
constexpr unsigned kDotBelow = 0x323;

double points(int units) { return static_cast<double>(units) / PANGO_SCALE; }

/// Draws one mark over a letter whose ink is `ink`; returns the height it took above the letter.
double drawMark(cairo_t* cairo, unsigned mark, const Rect& ink, double top, double size) {
  const double centre = ink.centreX() + size * 0.04;
  const double s = size;
  cairo_new_path(cairo);
  switch (mark) {
    case kAcute:
      cairo_move_to(cairo, centre - s * 0.03, top - s * 0.04);
      cairo_line_to(cairo, centre + s * 0.10, top - s * 0.17);
      break;
    case kGrave:
      cairo_move_to(cairo, centre - s * 0.09, top - s * 0.17);
      cairo_line_to(cairo, centre + s * 0.04, top - s * 0.04);
      break;
    case kCircumflex:
      cairo_move_to(cairo, centre - s * 0.10, top - s * 0.03);
      cairo_line_to(cairo, centre, top - s * 0.13);
      cairo_line_to(cairo, centre + s * 0.10, top - s * 0.03);
      break;
    case kBreve:
      cairo_arc_negative(cairo, centre, top - s * 0.12, s * 0.10, std::numbers::pi * 0.95, 0.1);
      break;
    case kTilde:
      cairo_move_to(cairo, centre - s * 0.11, top - s * 0.05);
      cairo_curve_to(cairo, centre - s * 0.04, top - s * 0.18, centre + s * 0.04, top,
                     centre + s * 0.12, top - s * 0.12);
      break;
    case kHook:
      cairo_move_to(cairo, centre - s * 0.05, top - s * 0.16);
      cairo_curve_to(cairo, centre + s * 0.09, top - s * 0.22, centre + s * 0.08, top - s * 0.09,
                     centre, top - s * 0.04);
      break;
    case kHorn:
      cairo_move_to(cairo, ink.right() - s * 0.04, ink.y + s * 0.06);
      cairo_curve_to(cairo, ink.right() + s * 0.06, ink.y + s * 0.05, ink.right() + s * 0.08,
                     ink.y - s * 0.02, ink.right() + s * 0.05, ink.y - s * 0.07);
      break;
    case kDotBelow:
      cairo_arc(cairo, ink.centreX(), std::max(ink.bottom(), 0.0) + s * 0.12, s * 0.035, 0,
                2 * std::numbers::pi);
      cairo_fill(cairo);
      return 0;
    default:
      return 0;
  }
  cairo_stroke(cairo);
  return mark == kHorn ? 0 : s * 0.14;
}

}  // namespace

PenText::PenText(const Typesetter& typesetter, const std::string& text, const std::string& family,
                 double size, double wobble, Random& random)
    : size_(size) {
  gchar* const apart =
      g_utf8_normalize(text.c_str(), static_cast<gssize>(text.size()), G_NORMALIZE_NFD);
  const double slope = random.real(-0.025, 0.025) * wobble;
  for (const gchar* at = apart; *at != '\0'; at = g_utf8_next_char(at)) {
    const gunichar c = g_utf8_get_char(at);
    if (c >= 0x300 && c < 0x370) {
      if (!letters_.empty()) {
        letters_.back().marks.push_back(c);
      }
      continue;
    }
    Letter letter;
    letter.barred = c == 0x111 || c == 0x110;
    const gunichar base = c == 0x111 ? 'd' : (c == 0x110 ? 'D' : (c == 0xB2 ? '2' : c));
    char utf8[8] = {};
    utf8[g_unichar_to_utf8(base, utf8)] = '\0';
    letter.layout =
        typesetter.pen(utf8, family, size * random.real(1 - 0.06 * wobble, 1 + 0.06 * wobble));
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_get_extents(letter.layout.get(), &ink, &logical);
    const double baseline = points(pango_layout_get_baseline(letter.layout.get()));
    letter.ink = {points(ink.x), points(ink.y) - baseline, points(ink.width), points(ink.height)};
    letter.x = width_;
    letter.y = width_ * slope + random.real(-0.04, 0.04) * size * wobble;
    letter.turn = random.real(-0.07, 0.07) * wobble;
    width_ += points(logical.width) + random.real(-0.02, 0.05) * size * wobble;
    if (!letter.ink.empty()) {
      ink_ = around(ink_,
                    {letter.x + letter.ink.x, letter.y + letter.ink.y, letter.ink.w, letter.ink.h});
    }
    letters_.push_back(std::move(letter));
  }
  g_free(apart);
  const double margin = size * 0.08;
  ink_ = {ink_.x - margin, ink_.y - margin * 2, ink_.w + 2 * margin, ink_.h + 3 * margin};
}

void PenText::draw(cairo_t* cairo) const {
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width(cairo, size_ * 0.055);
  for (const Letter& letter : letters_) {
    cairo_save(cairo);
    cairo_translate(cairo, letter.x, letter.y);
    cairo_rotate(cairo, letter.turn);
    const double baseline = points(pango_layout_get_baseline(letter.layout.get()));
    cairo_move_to(cairo, 0, -baseline);
    pango_cairo_show_layout(cairo, letter.layout.get());
    double top = letter.ink.y;
    for (const unsigned mark : letter.marks) {
      top -= drawMark(cairo, mark, letter.ink, top, size_);
    }
    if (letter.barred) {
      const double y = letter.ink.y + letter.ink.h * (letter.ink.h > size_ * 0.6 ? 0.22 : 0.5);
      cairo_move_to(cairo, letter.ink.centreX() - size_ * 0.06, y);
      cairo_line_to(cairo, letter.ink.right() + size_ * 0.06, y);
      cairo_stroke(cairo);
    }
    cairo_restore(cairo);
  }
}

void drawStroke(cairo_t* cairo, const std::vector<std::pair<double, double>>& points,
                double width) {
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  constexpr int kSteps = 14;
  for (std::size_t i = 1; i + 2 < points.size(); ++i) {
    const auto& [x0, y0] = points[i - 1];
    const auto& [x1, y1] = points[i];
    const auto& [x2, y2] = points[i + 1];
    const auto& [x3, y3] = points[i + 2];
    double lastX = x1;
    double lastY = y1;
    for (int step = 1; step <= kSteps; ++step) {
      const double t = static_cast<double>(step) / kSteps;
      // Catmull-Rom: the curve passes through every point.
      const double a = -0.5 * t + t * t - 0.5 * t * t * t;
      const double b = 1 - 2.5 * t * t + 1.5 * t * t * t;
      const double c = 0.5 * t + 2 * t * t - 1.5 * t * t * t;
      const double d = -0.5 * t * t + 0.5 * t * t * t;
      const double x = a * x0 + b * x1 + c * x2 + d * x3;
      const double y = a * y0 + b * y1 + c * y2 + d * y3;
      const double speed = std::hypot(x - lastX, y - lastY);
      cairo_set_line_width(cairo, width * std::clamp(1.35 - speed * 0.16, 0.5, 1.3));
      cairo_move_to(cairo, lastX, lastY);
      cairo_line_to(cairo, x, y);
      cairo_stroke(cairo);
      lastX = x;
      lastY = y;
    }
  }
}

std::vector<std::pair<double, double>> signatureStroke(Random& random, double width,
                                                       double height) {
  std::vector<std::pair<double, double>> points;
  const double loop = random.real(0.18, 0.3) * width;
  points.emplace_back(0.02 * width, 0.75 * height);
  points.emplace_back(0.05 * width, 0.7 * height);
  points.emplace_back(loop, random.real(0.0, 0.15) * height);
  points.emplace_back(loop * 0.7, random.real(0.35, 0.5) * height);
  points.emplace_back(loop * 0.45, random.real(0.85, 1.0) * height);
  points.emplace_back(loop * 1.3, 0.55 * height);
  const int waves = random.integer(4, 8);
  double x = loop * 1.3;
  const double step = (0.8 * width - x) / (2 * waves);
  for (int i = 0; i < waves; ++i) {
    const double fade = 1.0 - 0.6 * i / waves;
    x += step * random.real(0.5, 1.3);
    points.emplace_back(x, (0.55 - fade * random.real(0.12, 0.38)) * height);
    x += step * random.real(0.3, 1.1);
    points.emplace_back(x, (0.55 + fade * random.real(0.05, 0.34)) * height);
  }
  points.emplace_back(0.98 * width, random.real(0.1, 0.6) * height);
  if (random.chance(0.6)) {
    points.emplace_back(0.85 * width, 0.92 * height);
    points.emplace_back(0.2 * width, random.real(0.7, 0.9) * height);
    points.emplace_back(0.12 * width, 0.85 * height);
  }
  points.push_back(points.back());
  return points;
}

}  // namespace sohoa::samples
