#include "ocr/image/seals.h"

#include <algorithm>
#include <cmath>

#include "ocr/image/affine.h"
#include "ocr/image/colour_patches.h"

namespace sohoa {

std::vector<PixelBox> findSeals(const DecodedPage& decoded, const PageImage& page) {
  std::vector<PixelBox> seals;
  const double dpi = std::max(page.xDpi, 1.0) * decoded.scaleX;
  const double cellMm = kTintCell * 25.4 / dpi;
  const Affine toScan = Affine::scale(1 / decoded.scaleX, 1 / decoded.scaleY);
  for (const Plane* tint : {&decoded.red, &decoded.blue}) {
    if (tint->empty()) continue;
    for (const TintPatch& p : tintPatches(*tint, 3, 3)) {
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
