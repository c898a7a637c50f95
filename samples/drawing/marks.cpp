#include "samples/drawing/marks.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <utility>

#include "samples/drawing/penmanship.h"

namespace sohoa::samples {
namespace {

constexpr double kTau = 2 * std::numbers::pi;

Mark penMark(std::string kind, std::string text, Ink ink, std::shared_ptr<PenText> pen, double x,
             double baseline, double turn) {
  Mark mark;
  mark.kind = std::move(kind);
  mark.text = std::move(text);
  mark.ink = ink;
  const Rect inked = pen->ink();
  const double rise = std::abs(std::sin(turn)) * inked.w;
  mark.box = {x + inked.x, baseline + inked.y - rise, inked.w, inked.h + 2 * rise};
  mark.draw = [pen, x, baseline, turn](cairo_t* cairo) {
    cairo_translate(cairo, x, baseline);
    cairo_rotate(cairo, turn);
    pen->draw(cairo);
  };
  return mark;
}

Mark strokeMark(std::string kind, Random& random, const Rect& box, double width) {
  Mark mark;
  mark.kind = std::move(kind);
  mark.box = {box.x - 2, box.y - 2, box.w + 4, box.h + 4};
  mark.ink = Ink::blue;
  const auto stroke = signatureStroke(random, box.w, box.h);
  mark.draw = [stroke, box, width](cairo_t* cairo) {
    cairo_translate(cairo, box.x, box.y);
    drawStroke(cairo, stroke, width);
  };
  return mark;
}

/// The letters stand on a circle; `from` is the middle of the text, clockwise from the right.
void textOnCircle(cairo_t* cairo, const std::vector<std::shared_ptr<PangoLayout>>& letters,
                  double radius, double middle, bool inward, double spacing) {
  double total = 0;
  std::vector<double> widths;
  for (const auto& letter : letters) {
    PangoRectangle logical;
    pango_layout_get_extents(letter.get(), nullptr, &logical);
    widths.push_back(static_cast<double>(logical.width) / PANGO_SCALE + spacing);
    total += widths.back();
  }
  const double direction = inward ? -1 : 1;
  double angle = middle - direction * total / radius / 2;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const double half = widths[i] / radius / 2;
    angle += direction * half;
    cairo_save(cairo);
    cairo_rotate(cairo, angle);
    cairo_translate(cairo, radius, 0);
    cairo_rotate(cairo, inward ? -std::numbers::pi / 2 : std::numbers::pi / 2);
    const double baseline =
        static_cast<double>(pango_layout_get_baseline(letters[i].get())) / PANGO_SCALE;
    cairo_move_to(cairo, -widths[i] / 2, -baseline);
    pango_cairo_show_layout(cairo, letters[i].get());
    cairo_restore(cairo);
    angle += direction * half;
  }
}

std::vector<std::shared_ptr<PangoLayout>> lettersOf(const std::string& text,
                                                    const Typesetter& typesetter, double size) {
  std::vector<std::shared_ptr<PangoLayout>> letters;
  for (const gchar* at = text.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
    const std::string letter(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
    letters.push_back(typesetter.pen(letter, "Liberation Sans", size));
  }
  return letters;
}

void star(cairo_t* cairo, double radius) {
  cairo_new_path(cairo);
  for (int i = 0; i < 10; ++i) {
    const double reach = i % 2 == 0 ? radius : radius * 0.39;
    const double angle = -std::numbers::pi / 2 + i * std::numbers::pi / 5;
    cairo_line_to(cairo, reach * std::cos(angle), reach * std::sin(angle));
  }
  cairo_close_path(cairo);
  cairo_fill(cairo);
}

void addSeal(Page& page, const MarkOptions& options, double x, double y,
             const Typesetter& typesetter, Random& random) {
  const double radius = options.sealRadius;
  const double turn = random.real(-0.3, 0.3);
  const double textSize = radius * 0.17;
  const auto legend = lettersOf(options.legend, typesetter, textSize);
  const auto below = lettersOf("T. QUẢNG BÌNH", typesetter, textSize * 0.92);
  Mark mark;
  mark.kind = "seal_legend";
  mark.text = options.legend + " T. QUẢNG BÌNH";
  mark.box = {x - radius, y - radius, 2 * radius, 2 * radius};
  mark.ink = Ink::red;
  mark.draw = [=](cairo_t* cairo) {
    cairo_translate(cairo, x, y);
    cairo_rotate(cairo, turn);
    for (const auto& [share, width] : {std::pair{0.985, 0.030}, {0.925, 0.014}, {0.62, 0.014}}) {
      cairo_set_line_width(cairo, radius * width);
      cairo_new_sub_path(cairo);
      cairo_arc(cairo, 0, 0, radius * share, 0, kTau);
      cairo_stroke(cairo);
    }
    textOnCircle(cairo, legend, radius * 0.70, -std::numbers::pi / 2, false, radius * 0.012);
    textOnCircle(cairo, below, radius * 0.86, std::numbers::pi / 2, true, radius * 0.012);
    star(cairo, radius * 0.47);
  };
  page.seals.push_back(mark.box);
  page.marks.push_back(std::move(mark));
}

void addFill(Page& page, const Fill& fill, const Typesetter& typesetter, const std::string& family,
             Random& random) {
  double size = fill.size;
  auto pen = std::make_shared<PenText>(typesetter, fill.text, family, size, 1.0, random);
  const double room = fill.leader ? fill.box.w - 4 : fill.box.w - 2;
  if (pen->width() > room) {
    size *= room / pen->width();
    pen = std::make_shared<PenText>(typesetter, fill.text, family, size, 1.0, random);
  }
  const double spare = std::max(0.0, room - pen->width());
  const double x = fill.box.x + 1 + (fill.leader ? std::min(spare, random.real(2, 12)) : spare / 2);
  const double baseline = fill.box.bottom() - fill.size * 0.1 + random.real(-2.2, 1.0);
  page.marks.push_back(
      penMark("handwriting", fill.text, Ink::blue, pen, x, baseline, random.real(-0.015, 0.015)));
}

}  // namespace

void addLeaders(Page& page) {
  for (const Fill& fill : page.fills) {
    if (!fill.leader) {
      continue;
    }
    Mark mark;
    mark.kind = "leader";
    mark.ink = Ink::toner;
    const double y = fill.box.bottom() - 2.2;
    mark.box = {fill.box.x, y - 1, fill.box.w, 2};
    const Rect box = fill.box;
    mark.draw = [box, y](cairo_t* cairo) {
      for (double x = box.x + 1; x < box.right(); x += 3.25) {
        cairo_arc(cairo, x, y, 0.62, 0, kTau);
        cairo_fill(cairo);
      }
    };
    page.marks.push_back(std::move(mark));
  }
}

void addMarks(Page& page, const MarkOptions& options, const Typesetter& typesetter,
              Random& random) {
  addLeaders(page);
  const std::string family = random.pick(kPenFamilies);
  for (const Fill& fill : page.fills) {
    addFill(page, fill, typesetter, family, random);
  }
  if (options.initials && !page.lastLine.empty() && !page.signers.empty()) {
    const double x = std::min(page.lastLine.right() + random.real(6, 16), kPageWidth - 90);
    const Rect box = {x, page.lastLine.y - random.real(2, 7), random.real(24, 38),
                      random.real(13, 19)};
    page.marks.push_back(strokeMark("initials", random, box, 0.9));
  }
  for (const SignerSpot& spot : page.signers) {
    if (options.signature) {
      const double width = std::min(spot.room.w, random.real(105, 165));
      const Rect box = {spot.room.centreX() - width / 2 + random.real(-8, 8),
                        spot.room.y + random.real(-4, 6), width,
                        spot.room.h * random.real(0.8, 1.15)};
      page.marks.push_back(strokeMark("signature", random, box, random.real(1.1, 1.7)));
    }
    if (spot.stamped) {
      const std::string stampFamily = random.pick(kStampFamilies);
      double size = random.real(16, 19);
      auto pen =
          std::make_shared<PenText>(typesetter, spot.nameText, stampFamily, size, 0.05, random);
      page.marks.push_back(
          penMark("name_stamp", spot.nameText, options.redName ? Ink::red : Ink::toner, pen,
                  spot.name.centreX() - pen->width() / 2 + random.real(-6, 6),
                  spot.name.bottom() + random.real(-3, 4), random.real(-0.05, 0.05)));
    }
  }
  if (options.seal && !page.signers.empty()) {
    const SignerSpot& spot = page.signers.back();
    // Decree 30/2020/NĐ-CP, Art. 33: the seal covers about a third of the signature, at its left.
    const double x = spot.room.x + spot.room.w * random.real(0.14, 0.34);
    const double y = spot.room.y + spot.room.h * random.real(0.22, 0.6);
    addSeal(page, options, x, y, typesetter, random);
  }
  if (options.copySeal) {
    addSeal(page, options, kPageWidth * random.real(0.3, 0.75),
            kPageHeight * random.real(0.35, 0.75), typesetter, random);
  }
  if (options.edgeSeal) {
    addSeal(page, options, kPageWidth - random.real(-6, 26), kPageHeight * random.real(0.35, 0.65),
            typesetter, random);
  }
}

}  // namespace sohoa::samples
