#include "ocr/layout/line_image.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace sohoa {
namespace {

/// 1 2 1 both ways.
void soften(Plane& line) {
  const Plane from = line;
  for (int y = 1; y + 1 < line.height; ++y) {
    const std::uint8_t *above = from.row(y - 1), *here = from.row(y), *below = from.row(y + 1);
    std::uint8_t* row = line.row(y);
    for (int x = 1; x + 1 < line.width; ++x) {
      const int sum = above[x - 1] + 2 * above[x] + above[x + 1] + 2 * here[x - 1] + 4 * here[x] +
                      2 * here[x + 1] + below[x - 1] + 2 * below[x] + below[x + 1];
      row[x] = static_cast<std::uint8_t>((sum + 8) / 16);
    }
  }
}

void darken(Plane& line) {
  for (std::uint8_t& v : line.pixels) v = static_cast<std::uint8_t>(v * v / 255);
}

}  // namespace

LineImage cutLine(const Plane& grey, const Components& components, const Layout& layout,
                  const Segment& segment, int number, Margins margins) {
  // As much above and below the letters as the model saw in training: ascenders and descenders,
  // whether this line has any or not.
  const double letter = segment.letter;
  const double top =
      std::clamp<double>(segment.top, segment.base - 2.4 * letter, segment.base - 1.4 * letter);
  const double bottom =
      std::clamp<double>(segment.bottom, segment.base + 0.35 * letter, segment.base + 0.9 * letter);
  const int x0 = std::max(segment.left - margins.side, 0);
  const int x1 = std::min(segment.right + margins.side, grey.width);
  const int y0 = std::clamp(static_cast<int>(std::floor(top)) - margins.upDown, 0, grey.height - 1);
  const int y1 =
      std::clamp(static_cast<int>(std::ceil(bottom)) + margins.upDown, y0 + 1, grey.height);
  LineImage line;
  line.left = x0;
  line.top = y0;
  line.pixels = Plane(std::max(x1 - x0, 1), y1 - y0);
  for (int y = y0; y < y1; ++y) {
    std::copy_n(grey.row(y) + x0, line.pixels.width, line.pixels.row(y - y0));
  }
  // Descenders and marks of the neighbouring lines reach into the cut.
  for (std::size_t i = 0; i < components.all.size(); ++i) {
    const Component& c = components.all[i];
    if (layout.lineOf[i] == number || layout.lineOf[i] < 0) continue;
    if (c.left >= x1 || c.right <= x0 || c.top >= y1 || c.bottom <= y0) continue;
    for (int r = 0; r < c.runs; ++r) {
      const Run& run = components.runs[static_cast<std::size_t>(c.firstRun + r)];
      if (run.y < y0 - 1 || run.y > y1) continue;
      const int from = std::max(run.x0 - 2, x0), to = std::min(run.x1 + 2, x1);
      for (int y = std::max(run.y - 1, y0); y <= std::min(run.y + 1, y1 - 1); ++y) {
        for (int x = from; x < to; ++x) line.pixels.row(y - y0)[x - x0] = 255;
      }
    }
  }
  for (const Rule& rule : layout.rules) {
    const int from = std::max(rule.left - 4, x0), to = std::min(rule.right + 4, x1);
    for (int y = std::max(rule.top - 4, y0); y < std::min(rule.bottom + 4, y1); ++y) {
      for (int x = from; x < to; ++x) line.pixels.row(y - y0)[x - x0] = 255;
    }
  }
  if (margins.strokes == Margins::Strokes::softer) soften(line.pixels);
  if (margins.strokes == Margins::Strokes::darker) darken(line.pixels);
  return line;
}

}  // namespace sohoa
