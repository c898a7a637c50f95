#include "pdf/changes/ink_shapes.h"

#include <algorithm>
#include <array>

namespace sohoa {
namespace {

/// Ink differs from its surroundings by at least so much brightness.
constexpr int kInk = 28;
/// Side of the squares whose brightness is that of the paper, and of the tiles that large shapes
/// are taken apart into; the largest letter. Pixels of 120 an inch: letters of 10 to 14 points are
/// 10 to 25 high.
constexpr int kBlock = 24, kTile = 16, kLetter = 48;
/// A rule, a dotted line, the edge of a table.
constexpr int kRule = 3;
/// Less brightness between light and dark is no contrast.
constexpr int kContrast = 40;

/// Calls `each` with the pixels of every connected shape of an area; `left` holds what is ink, row
/// by row, and is emptied.
template <class Each>
void connectedShapes(const PixelArea& area, std::vector<char>& left, const Each& each) {
  const auto wide = static_cast<std::size_t>(area.right - area.left);
  const auto at = [&](int x, int y) {
    return static_cast<std::size_t>(y - area.top) * wide + static_cast<std::size_t>(x - area.left);
  };
  std::vector<std::pair<int, int>> shape, open;
  for (int y0 = area.top; y0 < area.bottom; ++y0) {
    for (int x0 = area.left; x0 < area.right; ++x0) {
      if (!left[at(x0, y0)]) continue;
      shape.clear();
      open.assign(1, {x0, y0});
      left[at(x0, y0)] = 0;
      while (!open.empty()) {
        const auto [x, y] = open.back();
        open.pop_back();
        shape.emplace_back(x, y);
        for (int ny = std::max(area.top, y - 1); ny < std::min(area.bottom, y + 2); ++ny) {
          for (int nx = std::max(area.left, x - 1); nx < std::min(area.right, x + 2); ++nx) {
            char& next = left[at(nx, ny)];
            if (next) next = 0, open.emplace_back(nx, ny);
          }
        }
      }
      each(shape);
    }
  }
}

PixelArea boxOf(std::vector<std::pair<int, int>>::const_iterator from,
                std::vector<std::pair<int, int>>::const_iterator to) {
  PixelArea box{from->first, from->second, from->first + 1, from->second + 1};
  for (; from != to; ++from) {
    box.left = std::min(box.left, from->first), box.right = std::max(box.right, from->first + 1);
    box.top = std::min(box.top, from->second);
    box.bottom = std::max(box.bottom, from->second + 1);
  }
  return box;
}

std::size_t pixelOf(const PagePicture& picture, int x, int y) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
         static_cast<std::size_t>(x);
}

}  // namespace

int brightnessOf(const PagePicture& picture, std::size_t pixel) {
  const auto* p = reinterpret_cast<const unsigned char*>(picture.rgb.data()) + 3 * pixel;
  return (p[0] * 299 + p[1] * 587 + p[2] * 114) / 1000;
}

InkShapes::InkShapes(const PagePicture& picture, const PixelArea& area)
    : picture_(picture), area_(area) {
  if (area.right <= area.left || area.bottom <= area.top) return;
  width_ = static_cast<std::size_t>(area.right - area.left);
  ink_.assign(width_ * static_cast<std::size_t>(area.bottom - area.top), 0);
  findPaper();
  for (const int sign : {1, -1}) findShapes(sign);
}

bool InkShapes::isInk(int x, int y) const {
  return x >= area_.left && y >= area_.top && x < area_.right && y < area_.bottom && ink_[at(x, y)];
}

int InkShapes::lightest() const {
  return paper_.empty() ? 255 : *std::max_element(paper_.begin(), paper_.end());
}

int InkShapes::paperAt(int x, int y) const {
  const int row = (y - area_.top) / kBlock, column = (x - area_.left) / kBlock;
  return paper_[static_cast<std::size_t>(row) * static_cast<std::size_t>(blocksAcross_) +
                static_cast<std::size_t>(column)];
}

/// The paper's brightness in squares: that of the lighter part of each and of its surroundings.
void InkShapes::findPaper() {
  blocksAcross_ = (area_.right - area_.left + kBlock - 1) / kBlock;
  const int down = (area_.bottom - area_.top + kBlock - 1) / kBlock;
  for (int by = 0; by < down; ++by) {
    for (int bx = 0; bx < blocksAcross_; ++bx) {
      std::array<int, 256> counts{};
      int all = 0;
      // Wider than the square: a letter in bold fills one.
      for (int y = area_.top + (by - 1) * kBlock; y < area_.top + (by + 2) * kBlock; ++y) {
        for (int x = area_.left + (bx - 1) * kBlock; x < area_.left + (bx + 2) * kBlock; ++x) {
          if (x < 0 || y < 0 || x >= picture_.width || y >= picture_.height) continue;
          ++counts[static_cast<std::size_t>(brightnessOf(picture_, pixelOf(picture_, x, y)))];
          ++all;
        }
      }
      int lighter = 0, level = 255;
      for (; level > 0; --level) {
        lighter += counts[static_cast<std::size_t>(level)];
        if (lighter * 10 >= all * 3) break;
      }
      paper_.push_back(level);
    }
  }
}

void InkShapes::findShapes(int sign) {
  std::vector<char> left(ink_.size());
  for (int y = area_.top; y < area_.bottom; ++y) {
    for (int x = area_.left; x < area_.right; ++x) {
      const int shade = brightnessOf(picture_, pixelOf(picture_, x, y));
      const bool ink = sign * (paperAt(x, y) - shade) > kInk;
      left[at(x, y)] = ink;
      if (ink) ink_[at(x, y)] = 1;
    }
  }
  connectedShapes(area_, left, [&](const auto& shape) { addShape(shape); });
}

void InkShapes::addShape(std::vector<std::pair<int, int>> pixels) {
  constexpr std::size_t kSpeck = 3;
  if (pixels.size() < kSpeck) return;
  const PixelArea box = boxOf(pixels.begin(), pixels.end());
  const int wide = box.right - box.left, high = box.bottom - box.top;
  if ((wide <= kRule && high > kLetter) || (high <= kRule && wide > kLetter)) return;
  if (wide <= kLetter && high <= kLetter) {
    shapes_.push_back({std::move(pixels), box, true});
    return;
  }
  const auto tile = [](const auto& p) { return std::pair(p.second / kTile, p.first / kTile); };
  std::sort(pixels.begin(), pixels.end(),
            [&](const auto& a, const auto& b) { return tile(a) < tile(b); });
  for (auto from = pixels.begin(); from != pixels.end();) {
    const auto to =
        std::find_if(from, pixels.end(), [&](const auto& p) { return tile(p) != tile(*from); });
    shapes_.push_back({{from, to}, boxOf(from, to), false});
    from = to;
  }
}

std::vector<InkShapes::Shape> shapesIn(const PagePicture& picture, const PixelArea& area) {
  std::vector<InkShapes::Shape> shapes;
  std::vector<int> levels;
  for (int y = area.top; y < area.bottom; ++y) {
    for (int x = area.left; x < area.right; ++x) {
      levels.push_back(brightnessOf(picture, pixelOf(picture, x, y)));
    }
  }
  if (levels.empty()) return shapes;
  std::vector<int> sorted = levels;
  std::sort(sorted.begin(), sorted.end());
  const int dark = sorted[sorted.size() / 20], light = sorted[sorted.size() * 19 / 20];
  if (light - dark < kContrast) return shapes;
  // There may be three things: letters, their ground, and the page around it.
  for (int tenths = 2; tenths <= 8; tenths += 2) {
    const int threshold = dark + (light - dark) * tenths / 10;
    for (const bool ofDark : {true, false}) {
      std::vector<char> ink(levels.size());
      std::transform(levels.begin(), levels.end(), ink.begin(),
                     [&](int level) { return (level < threshold) == ofDark; });
      connectedShapes(area, ink, [&](const auto& shape) {
        shapes.push_back({shape, boxOf(shape.begin(), shape.end()), true});
      });
    }
  }
  return shapes;
}

}  // namespace sohoa
