#include "signing/appearance/page_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sohoa {
namespace {

/// Points: margin along the edges, where printers do not print, and around page content.
constexpr double kEdge = 12, kGap = 2;
/// Resolution of the grid for free places: cells along the longer side of the page.
constexpr double kMaxCells = 420;
/// No page is larger (ISO 32000-1:2008, Annex C.2: 14,400 units); on a larger one no place is
/// sought.
constexpr double kMaxSide = 1e6;

/// Summed-area table of the occupied cells, so that four look-ups tell whether a box is free.
class Occupancy {
 public:
  Occupancy(const PageView& page, const std::vector<SeenBox>& taken)
      : cell_(std::max(2.0, std::max(page.width(), page.height()) / kMaxCells)),
        columns_(static_cast<int>(std::ceil(page.width() / cell_))),
        rows_(static_cast<int>(std::ceil(page.height() / cell_))),
        sums_(static_cast<std::size_t>((columns_ + 1) * (rows_ + 1)), 0) {
    std::vector<char> full(static_cast<std::size_t>(columns_ * rows_), 0);
    const SeenBox whole{0, 0, page.width(), page.height()};
    for (const SeenBox& box : taken) {
      if (!box.meets(whole)) continue;
      for (int y = row(box.top - kGap); y <= row(box.bottom + kGap); ++y) {
        for (int x = column(box.left - kGap); x <= column(box.right + kGap); ++x) {
          full[static_cast<std::size_t>(y * columns_ + x)] = 1;
        }
      }
    }
    for (int y = 0; y < rows_; ++y) {
      int inRow = 0;
      for (int x = 0; x < columns_; ++x) {
        inRow += full[static_cast<std::size_t>(y * columns_ + x)];
        sums_[at(x + 1, y + 1)] = sums_[at(x + 1, y)] + inRow;
      }
    }
  }

  double cell() const { return cell_; }
  bool isFree(const SeenBox& box) const {
    const int x0 = column(box.left), x1 = column(box.right) + 1;
    const int y0 = row(box.top), y1 = row(box.bottom) + 1;
    return sums_[at(x1, y1)] - sums_[at(x0, y1)] - sums_[at(x1, y0)] + sums_[at(x0, y0)] == 0;
  }

 private:
  int column(double x) const { return cellOf(x, columns_); }
  int row(double y) const { return cellOf(y, rows_); }
  /// A box may reach far beyond the page; its cells are clamped to the grid.
  int cellOf(double place, int count) const {
    return static_cast<int>(std::clamp(place / cell_, 0.0, count - 1.0));
  }
  std::size_t at(int x, int y) const { return static_cast<std::size_t>(y * (columns_ + 1) + x); }

  double cell_;
  int columns_, rows_;
  std::vector<int> sums_;
};

}  // namespace

SeenBox SeenBox::joined(const SeenBox& other) const {
  return {std::min(left, other.left), std::min(top, other.top), std::max(right, other.right),
          std::max(bottom, other.bottom)};
}

double PageView::width() const {
  const bool sideways = page_.rotation % 180 != 0;
  return (sideways ? page_.top - page_.bottom : page_.right - page_.left) * page_.userUnit;
}

double PageView::height() const {
  const bool sideways = page_.rotation % 180 != 0;
  return (sideways ? page_.right - page_.left : page_.top - page_.bottom) * page_.userUnit;
}

SeenBox PageView::seen(const PageMark& box) const {
  const double unit = page_.userUnit;
  const double l = (box.left - page_.left) * unit, r = (box.right - page_.left) * unit;
  const double b = (box.bottom - page_.bottom) * unit, t = (box.top - page_.bottom) * unit;
  const double w = (page_.right - page_.left) * unit, h = (page_.top - page_.bottom) * unit;
  switch (page_.rotation) {
    case 90:  // displayed right is up in user space, displayed down is right
      return {b, l, t, r};
    case 180:
      return {w - r, b, w - l, t};
    case 270:
      return {h - t, w - r, h - b, w - l};
    default:
      return {l, h - t, r, h - b};
  }
}

PageMark PageView::inUserSpace(const SeenBox& box) const {
  const double unit = page_.userUnit;
  const double l = box.left / unit, r = box.right / unit, t = box.top / unit, b = box.bottom / unit;
  switch (page_.rotation) {
    case 90:
      return {page_.left + t, page_.bottom + l, page_.left + b, page_.bottom + r};
    case 180:
      return {page_.right - r, page_.bottom + t, page_.right - l, page_.bottom + b};
    case 270:
      return {page_.right - b, page_.top - r, page_.right - t, page_.top - l};
    default:
      return {page_.left + l, page_.top - b, page_.left + r, page_.top - t};
  }
}

std::array<double, 4> PageView::upright(int rotation) {
  switch (rotation) {
    case 90:
      return {0, 1, -1, 0};
    case 180:
      return {-1, 0, 0, -1};
    case 270:
      return {0, -1, 1, 0};
    default:
      return {1, 0, 0, 1};
  }
}

bool isFree(const std::vector<SeenBox>& taken, const SeenBox& place) {
  return std::none_of(taken.begin(), taken.end(),
                      [&](const SeenBox& box) { return box.meets(place); });
}

SeenBox nearestFreePlace(const PageView& page, const std::vector<SeenBox>& taken,
                         const SeenBox& wanted) {
  const bool sane = page.width() < kMaxSide && page.height() < kMaxSide;
  if (!sane || isFree(taken, wanted)) return wanted;
  const Occupancy occupancy(page, taken);
  // The grid starts from the wanted place, so that a block that only moves down keeps its left
  // edge.
  const double step = occupancy.cell();
  const double lastLeft = page.width() - kEdge - wanted.width();
  const double lastTop = page.height() - kEdge - wanted.height();
  const double firstLeft = wanted.left - step * std::floor((wanted.left - kEdge) / step);
  const double firstTop = wanted.top - step * std::floor((wanted.top - kEdge) / step);
  SeenBox best = wanted;
  double nearest = std::numeric_limits<double>::max();
  for (double top = firstTop; top <= lastTop; top += step) {
    const double down = top - wanted.top;
    if (down * down >= nearest) continue;
    for (double left = firstLeft; left <= lastLeft; left += step) {
      const double across = left - wanted.left;
      const double distance = across * across + down * down;
      if (distance >= nearest) continue;
      const SeenBox place = wanted.moved(across, down);
      if (!occupancy.isFree(place)) continue;
      nearest = distance;
      best = place;
    }
  }
  return best;
}

}  // namespace sohoa
