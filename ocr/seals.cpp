#include "ocr/seals.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "ocr/affine.h"

namespace sohoa {
namespace {

struct Patch {
  int left, top, right, bottom, cells;
};

/// Cells with tinted ink, joined over gaps of `reach` cells.
std::vector<Patch> patches(const Plane& tint, int reach) {
  std::vector<Patch> found;
  std::vector<std::uint8_t> seen(tint.pixels.size());
  std::vector<std::pair<int, int>> stack;
  for (int y = 0; y < tint.height; ++y) {
    for (int x = 0; x < tint.width; ++x) {
      const auto at = [&](int cx, int cy) {
        return static_cast<std::size_t>(cy) * static_cast<std::size_t>(tint.width) +
               static_cast<std::size_t>(cx);
      };
      if (tint.pixels[at(x, y)] < 45 || seen[at(x, y)] != 0) continue;
      Patch patch{x, y, x + 1, y + 1, 0};
      stack.assign(1, {x, y});
      seen[at(x, y)] = 1;
      while (!stack.empty()) {
        const auto [cx, cy] = stack.back();
        stack.pop_back();
        ++patch.cells;
        patch.left = std::min(patch.left, cx);
        patch.right = std::max(patch.right, cx + 1);
        patch.top = std::min(patch.top, cy);
        patch.bottom = std::max(patch.bottom, cy + 1);
        for (int ny = std::max(cy - reach, 0); ny <= std::min(cy + reach, tint.height - 1); ++ny) {
          for (int nx = std::max(cx - reach, 0); nx <= std::min(cx + reach, tint.width - 1); ++nx) {
            if (tint.pixels[at(nx, ny)] < 45 || seen[at(nx, ny)] != 0) continue;
            seen[at(nx, ny)] = 1;
            stack.emplace_back(nx, ny);
          }
        }
      }
      found.push_back(patch);
    }
  }
  return found;
}

}  // namespace

std::vector<PixelBox> findSeals(const DecodedPage& decoded, const PageImage& page) {
  std::vector<PixelBox> seals;
  const double dpi = std::max(page.xDpi, 1.0) * decoded.scaleX;
  const double cellMm = kTintCell * 25.4 / dpi;
  const Affine toScan = Affine::scale(1 / decoded.scaleX, 1 / decoded.scaleY);
  for (const Plane* tint : {&decoded.red, &decoded.blue}) {
    if (tint->empty()) continue;
    for (const Patch& p : patches(*tint, 3)) {
      const double width = (p.right - p.left) * cellMm, height = (p.bottom - p.top) * cellMm;
      const bool atEdge =
          p.left <= 2 || p.top <= 2 || p.right >= tint->width - 2 || p.bottom >= tint->height - 2;
      const double longer = std::max(width, height), shorter = std::min(width, height);
      if (longer < 15 || longer > 50 || shorter < (atEdge ? 5 : 0.7 * longer)) continue;
      const double cover = static_cast<double>(p.cells) / ((p.right - p.left) * (p.bottom - p.top));
      // A round seal with ring and legend covers about half; a pen's scribble much less.
      if (cover < 0.25) continue;
      seals.push_back(mapBox(toScan, p.left * kTintCell, p.top * kTintCell, p.right * kTintCell,
                             p.bottom * kTintCell, page.width, page.height));
    }
  }
  return seals;
}

}  // namespace sohoa
