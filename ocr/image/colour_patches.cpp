#include "ocr/image/colour_patches.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace sohoa {

std::vector<TintPatch> tintPatches(const Plane& tint, int reachX, int reachY) {
  std::vector<TintPatch> found;
  std::vector<std::uint8_t> seen(tint.pixels.size());
  std::vector<std::pair<int, int>> stack;
  for (int y = 0; y < tint.height; ++y) {
    for (int x = 0; x < tint.width; ++x) {
      const auto at = [&](int cx, int cy) {
        return static_cast<std::size_t>(cy) * static_cast<std::size_t>(tint.width) +
               static_cast<std::size_t>(cx);
      };
      if (tint.pixels[at(x, y)] < 45 || seen[at(x, y)] != 0) continue;
      TintPatch patch{x, y, x + 1, y + 1, 0};
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
        for (int ny = std::max(cy - reachY, 0); ny <= std::min(cy + reachY, tint.height - 1);
             ++ny) {
          for (int nx = std::max(cx - reachX, 0); nx <= std::min(cx + reachX, tint.width - 1);
               ++nx) {
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

}  // namespace sohoa
