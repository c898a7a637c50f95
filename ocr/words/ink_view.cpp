#include "ocr/words/ink_view.h"

#include <algorithm>
#include <cmath>

#include "ocr/language/syllable.h"

namespace sohoa {

bool InkView::isDot(const Component& c) const {
  const double wide = c.width(), high = c.height();
  return high < 0.4 * segment_.letter && high < 1.3 * wide && wide < 1.4 * high &&
         c.area > 0.68 * wide * high;
}

InkView::Extent InkView::extent(const Component& c, double from, double to) const {
  Extent e;
  const int y0 = c.top + static_cast<int>(c.height() * from);
  const int y1 = std::max(c.top + static_cast<int>(c.height() * to), y0 + 1);
  const int middle = (y0 + y1) / 2;
  for (int i = 0; i < c.runs; ++i) {
    const Run& run = sheet_.components.runs[static_cast<std::size_t>(c.firstRun + i)];
    if (run.y < y0 || run.y >= y1) continue;
    e.left = std::min(e.left, run.x0);
    e.right = std::max(e.right, run.x1);
    e.strokes += run.y == middle ? 1 : 0;
  }
  return e;
}

double InkView::lean(const Component& c, double left, double down) const {
  const int x0 = c.left + static_cast<int>(left * c.width());
  const double y1 = c.top + down * c.height();
  double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (int i = 0; i < c.runs; ++i) {
    const Run& run = sheet_.components.runs[static_cast<std::size_t>(c.firstRun + i)];
    if (run.y > y1) continue;
    for (int at = std::max(run.x0, x0); at < run.x1; ++at) {
      n += 1, x += at, y -= run.y;
      xx += 1.0 * at * at, yy += 1.0 * run.y * run.y, xy -= 1.0 * at * run.y;
    }
  }
  const double spread = (xx - x * x / n) * (yy - y * y / n);
  return n > 0 && spread > 0 ? (xy - x * y / n) / std::sqrt(spread) : 0;
}

int InkView::romanStrokes(const Component& c) const {
  const Extent top = extent(c, 0.0, 0.12), middle = extent(c, 0.4, 0.6),
               foot = extent(c, 0.88, 1.0);
  if (middle.strokes < 1 || middle.strokes > 3) return 0;
  const double serif = 0.06 * c.height();
  const bool serifs = middle.left - top.left > serif && top.right - middle.right > serif &&
                      middle.left - foot.left > serif && foot.right - middle.right > serif;
  if (!serifs) return 0;
  // A capital H has two strokes as well, and a bar where I has none.
  const double stride = static_cast<double>(c.width()) / middle.strokes;
  if (stride > 0.75 * c.height()) return 0;
  const Extent bar = extent(c, 0.3, 0.7);
  if (bar.right - bar.left > middle.right - middle.left + 2) return 0;
  for (int i = 0; i < c.runs; ++i) {
    const Run& run = sheet_.components.runs[static_cast<std::size_t>(c.firstRun + i)];
    const double share = static_cast<double>(run.y - c.top) / c.height();
    if (share > 0.25 && share < 0.75 && run.length() > 0.55 * stride &&
        run.length() > 0.3 * c.height())
      return 0;
  }
  return middle.strokes;
}

bool InkView::isSlash(const Component& c) const {
  if (c.height() < 1.15 * letter() || c.width() > 0.8 * c.height()) return false;
  const Extent top = extent(c, 0.0, 0.2), middle = extent(c, 0.4, 0.6), foot = extent(c, 0.8, 1.0);
  const double lean = 0.12 * c.height();
  return middle.strokes == 1 && top.middle() - middle.middle() > lean / 2 &&
         middle.middle() - foot.middle() > lean / 2;
}

std::u32string InkView::readAlone(int part) const {
  const Component& c = at(part);
  return readAlone(c.left, c.top, c.right, c.bottom);
}

std::u32string InkView::readAlone(int left, int top, int right, int bottom) const {
  constexpr int kMargin = 5, kZoom = 2;
  Plane image((right - left + 2 * kMargin) * kZoom, (bottom - top + 2 * kMargin) * kZoom);
  std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t{255});
  const Plane& grey = sheet_.clean.grey;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const int sx = left + x / kZoom - kMargin, sy = top + y / kZoom - kMargin;
      if (sx < left - 1 || sx > right || sy < top - 1 || sy > bottom) continue;
      if (sx < 0 || sy < 0 || sx >= grey.width || sy >= grey.height) continue;
      image.row(y)[x] = grey.row(sy)[sx];
    }
  }
  const std::vector<ReadWord> read = engine_.read(image);
  return read.empty() ? std::u32string() : toCodePoints(read.front().text);
}

}  // namespace sohoa
