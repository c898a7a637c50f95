#include "ocr/separators/sheet_marks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>

#include "core/separator_marks.h"

namespace sohoa {
namespace {

using separator_marks::kPlaces;
using separator_marks::kRadii;

/// Black and white runs along a line through the centre: ring, …, disc, …, ring.
constexpr std::size_t kRuns = 2 * kRadii.size() - 1;
constexpr double kDiameter = 2 * kRadii.back();

/// Shares of the diameter, as the runs should be.
constexpr std::array<double, kRuns> rhythm() {
  std::array<double, kRuns> runs{};
  constexpr std::size_t middle = kRuns / 2;
  runs[middle] = 2 * kRadii[0] / kDiameter;
  for (std::size_t i = 1; i < kRadii.size(); ++i) {
    runs[middle + i] = runs[middle - i] = (kRadii[i] - kRadii[i - 1]) / kDiameter;
  }
  return runs;
}
constexpr auto kRhythm = rhythm();

/// Millimetres by which a run may be off: half of the narrowest, which is one. Ink that spread
/// makes every black run longer and every white one shorter, by the same.
constexpr double kTolerance = 0.6;
constexpr double kSmallest = 0.78, kLargest = 1.12;  ///< printed size to nominal size

bool inRhythm(const std::array<int, kRuns>& runs, double pixelsPerMm) {
  int total = 0;
  for (const int run : runs) total += run;
  const double size = total / pixelsPerMm / kDiameter;
  if (size < kSmallest || size > kLargest) return false;
  const double tolerance = kTolerance * size * pixelsPerMm;
  for (std::size_t i = 0; i < kRuns; ++i) {
    if (std::abs(runs[i] - kRhythm[i] * total) > tolerance) return false;
  }
  return true;
}

/// Walks from (x, y), which lies in the disc, both ways along (dx, dy); the runs in order, and how
/// far the middle of the outer ring is from the start. False when the page ends before the rhythm
/// does.
bool runsAlong(const Plane& dark, double x, double y, double dx, double dy, double pixelsPerMm,
               std::array<int, kRuns>& runs, double& offset) {
  runs.fill(0);
  const int most = static_cast<int>(kDiameter * kLargest * pixelsPerMm) + 2;
  int reach[2] = {0, 0};
  for (int way = 0; way < 2; ++way) {
    const double sign = way == 0 ? -1 : 1;
    std::size_t step = 0;
    bool black = true;
    for (int i = way; i < most; ++i) {
      const int px = static_cast<int>(std::lround(x + sign * i * dx));
      const int py = static_cast<int>(std::lround(y + sign * i * dy));
      const bool inside = px >= 0 && py >= 0 && px < dark.width && py < dark.height;
      const bool now = inside && dark.row(py)[px] != 0;
      if (now != black) {
        black = now;
        if (++step == kRadii.size()) break;
      }
      ++runs[way == 0 ? kRuns / 2 - step : kRuns / 2 + step];
      reach[way] = i;
    }
    if (step != kRadii.size()) return false;
  }
  offset = (reach[1] - reach[0]) / 2.0;
  return true;
}

/// The centre of the mark around (x, y), when there is one.
bool confirm(const Plane& dark, double& x, double& y, double pixelsPerMm) {
  std::array<int, kRuns> runs{};
  double offset = 0;
  // Down and across, twice: the second time through the centre that the first has found.
  for (int round = 0; round < 2; ++round) {
    if (!runsAlong(dark, x, y, 0, 1, pixelsPerMm, runs, offset)) return false;
    if (round == 1 && !inRhythm(runs, pixelsPerMm)) return false;
    y += offset;
    if (!runsAlong(dark, x, y, 1, 0, pixelsPerMm, runs, offset)) return false;
    if (round == 1 && !inRhythm(runs, pixelsPerMm)) return false;
    x += offset;
  }
  constexpr double kDiagonal = 0.70710678;
  for (const double dy : {kDiagonal, -kDiagonal}) {
    if (!runsAlong(dark, x, y, kDiagonal, dy, pixelsPerMm, runs, offset)) return false;
    if (!inRhythm(runs, pixelsPerMm)) return false;
  }
  return true;
}

}  // namespace

std::vector<FoundMark> findMarks(const Plane& dark, double dpi) {
  const double pixelsPerMm = dpi / 25.4;
  std::vector<FoundMark> marks;
  const auto known = [&](double x, double y) {
    return std::any_of(marks.begin(), marks.end(), [&](const FoundMark& mark) {
      return std::hypot(mark.x - x, mark.y - y) < kDiameter / 2;
    });
  };
  // The disc is 3 mm: every second row meets it often.
  for (int y = 1; y < dark.height; y += 2) {
    const std::uint8_t* row = dark.row(y);
    std::array<int, kRuns> runs{};
    int x = 0;
    std::size_t filled = 0;
    while (x < dark.width) {
      const int start = x;
      const bool black = row[x] != 0;
      while (x < dark.width && (row[x] != 0) == black) ++x;
      if (filled == 0 && !black) continue;  // begins with a black run
      if (filled == kRuns) {
        std::rotate(runs.begin(), runs.begin() + 1, runs.end());
        runs.back() = x - start;
      } else {
        runs[filled++] = x - start;
      }
      if (!black || filled < kRuns || !inRhythm(runs, pixelsPerMm)) continue;
      int total = 0;
      for (const int run : runs) total += run;
      double cx = x - total / 2.0, cy = y;
      if (known(cx / pixelsPerMm, cy / pixelsPerMm)) continue;
      if (confirm(dark, cx, cy, pixelsPerMm) && !known(cx / pixelsPerMm, cy / pixelsPerMm)) {
        marks.push_back({cx / pixelsPerMm, cy / pixelsPerMm});
      }
    }
  }
  return marks;
}

int marksInPlace(const std::vector<FoundMark>& marks) {
  using Point = std::complex<double>;
  constexpr double kNear = 4;  ///< millimetres
  int best = marks.empty() ? 0 : 1;
  // A turn, a scale and a shift are known from two points: every pair is tried for every pair.
  for (const FoundMark& a : marks) {
    for (const FoundMark& b : marks) {
      if (&a == &b) continue;
      for (const auto& p : kPlaces) {
        for (const auto& q : kPlaces) {
          if (&p == &q) continue;
          const Point from(p.x, p.y), to(a.x, a.y);
          const Point turn = (Point(b.x, b.y) - to) / (Point(q.x, q.y) - from);
          if (std::abs(turn) < 0.8 || std::abs(turn) > 1.1) continue;
          int found = 0;
          for (const auto& place : kPlaces) {
            const Point wanted = to + turn * (Point(place.x, place.y) - from);
            found += std::any_of(marks.begin(), marks.end(),
                                 [&](const FoundMark& mark) {
                                   return std::abs(Point(mark.x, mark.y) - wanted) < kNear;
                                 })
                         ? 1
                         : 0;
          }
          best = std::max(best, found);
        }
      }
    }
  }
  return best;
}

}  // namespace sohoa
