#include "ocr/page/page_kind.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

constexpr int kCell = 8;  ///< decoded pixels; 0.7 mm

/// Means of kCell x kCell pixels, from every other row.
Plane coarse(const Plane& seen) {
  Plane cells(seen.width / kCell, seen.height / kCell);
  std::vector<int> sums(static_cast<std::size_t>(cells.width));
  for (int cy = 0; cy < cells.height; ++cy) {
    std::fill(sums.begin(), sums.end(), 0);
    for (int y = 0; y < kCell; y += 2) {
      const std::uint8_t* row = seen.row(cy * kCell + y);
      for (int cx = 0; cx < cells.width; ++cx) {
        int sum = 0;
        for (int x = 0; x < kCell; ++x) sum += row[cx * kCell + x];
        sums[static_cast<std::size_t>(cx)] += sum;
      }
    }
    for (int cx = 0; cx < cells.width; ++cx) {
      cells.row(cy)[cx] =
          static_cast<std::uint8_t>(sums[static_cast<std::size_t>(cx)] / (kCell * kCell / 2));
    }
  }
  return cells;
}

int paperOf(const Plane& cells) {
  std::array<int, 256> counts{};
  for (const std::uint8_t v : cells.pixels) ++counts[v];
  auto brighter = static_cast<long>(cells.pixels.size() / 10);
  int level = 255;
  while (level > 0 && (brighter -= counts[static_cast<std::size_t>(level)]) > 0) --level;
  return level;
}

/// Darker than paper, and like its neighbours without being the same: neither text nor a border.
Plane shades(const Plane& cells, int paper) {
  Plane marked(cells.width, cells.height);
  for (int y = 1; y + 1 < cells.height; ++y) {
    for (int x = 1; x + 1 < cells.width; ++x) {
      if (cells.row(y)[x] > paper - 25) continue;
      int low = 255, high = 0;
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
          const int v = cells.row(y + dy)[x + dx];
          low = std::min(low, v);
          high = std::max(high, v);
        }
      }
      if (high - low >= 2 && high - low <= 70) marked.row(y)[x] = 1;
    }
  }
  return marked;
}

struct Field {
  int left, top, right, bottom;
  int cells = 0;
  double sum = 0, squares = 0;
};

Field fill(Plane& marked, const Plane& cells, int x0, int y0) {
  Field field{x0, y0, x0 + 1, y0 + 1, 0, 0, 0};
  std::vector<std::pair<int, int>> stack{{x0, y0}};
  marked.row(y0)[x0] = 0;
  while (!stack.empty()) {
    const auto [x, y] = stack.back();
    stack.pop_back();
    ++field.cells;
    const double v = cells.row(y)[x];
    field.sum += v;
    field.squares += v * v;
    field.left = std::min(field.left, x);
    field.right = std::max(field.right, x + 1);
    field.top = std::min(field.top, y);
    field.bottom = std::max(field.bottom, y + 1);
    for (int ny = std::max(0, y - 1); ny <= std::min(marked.height - 1, y + 1); ++ny) {
      for (int nx = std::max(0, x - 1); nx <= std::min(marked.width - 1, x + 1); ++nx) {
        if (marked.row(ny)[nx] == 0) continue;
        marked.row(ny)[nx] = 0;
        stack.emplace_back(nx, ny);
      }
    }
  }
  return field;
}

bool isPicture(const Field& f) {
  constexpr int kLeast = 25;  // cells, 17 mm
  const int width = f.right - f.left, height = f.bottom - f.top;
  if (width < kLeast || height < kLeast || f.cells < 0.55 * width * height) return false;
  // Yellowed paper and shadows hardly differ in themselves.
  const double mean = f.sum / f.cells;
  return f.squares / f.cells - mean * mean > 12.0 * 12.0;
}

}  // namespace

double pictureShare(const Plane& seen) {
  const Plane cells = coarse(seen);
  if (cells.empty()) return 0;
  Plane marked = shades(cells, paperOf(cells));
  long inPictures = 0;
  for (int y = 0; y < marked.height; ++y) {
    for (int x = 0; x < marked.width; ++x) {
      if (marked.row(y)[x] == 0) continue;
      const Field field = fill(marked, cells, x, y);
      if (isPicture(field)) inPictures += field.cells;
    }
  }
  return static_cast<double>(inPictures) / static_cast<double>(cells.pixels.size());
}

KindEvidence kindEvidence(const PageReading& reading, const Sheet& sheet, double pictures) {
  KindEvidence e;
  e.pictures = pictures;
  e.words = wordCount(reading);
  e.confidence = reading.confidence;
  e.suspects = e.words > 0 ? static_cast<double>(suspectCount(reading)) / e.words : 0;
  e.unread = reading.unreadInkShare;
  const int width = sheet.clean.grey.width;
  const double least = width / 165.0;  // 1.3 mm on A4: no speck, no dot
  const double tallest = width / 14.0, widest = width / 2.5;
  std::vector<int> heights;
  long all = 0, large = 0;
  int thin = 0;
  for (const Component& c : sheet.components.all) {
    all += c.area;
    if (c.height() > tallest || c.width() > widest) large += c.area;
    if (c.height() < least || c.height() > tallest || c.width() > widest) continue;
    heights.push_back(c.height());
    const double stroke = static_cast<double>(c.area) / std::max(1, c.runs);
    thin += stroke < 0.3 * c.height() ? 1 : 0;
  }
  e.strokes = static_cast<int>(heights.size());
  e.drawing = all > 0 ? static_cast<double>(large) / static_cast<double>(all) : 0;
  if (heights.empty()) return e;
  e.thin = static_cast<double>(thin) / e.strokes;
  std::sort(heights.begin(), heights.end());
  std::size_t most = 0, to = 0;
  for (std::size_t from = 0; from < heights.size(); ++from) {
    while (to < heights.size() && heights[to] <= 1.1 * heights[from] + 1) ++to;
    most = std::max(most, to - from);
  }
  e.regular = static_cast<double>(most) / e.strokes;
  return e;
}

PageKind judgeKind(const KindEvidence& e) {
  constexpr int kFewWords = 30;
  if (e.pictures > 0.35 || (e.pictures > 0.06 && (e.words < kFewWords || e.confidence < 0.75)))
    return PageKind::picture;
  const bool readsBadly =
      e.unread > 0.4 || (e.words > 0 && e.confidence < 0.7) || (e.words >= 10 && e.suspects > 0.5);
  if (readsBadly && e.strokes >= 12 && e.drawing < 0.5) return PageKind::handwriting;
  return PageKind::print;
}

}  // namespace sohoa
