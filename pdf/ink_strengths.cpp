#include "pdf/ink_strengths.h"

#include <algorithm>

namespace sohoa {
namespace {

constexpr float kLeastContrast = 40;  // levels between paper and ink
/// Of the faintest strength, in shares of whole ink: grain of the paper stays below.
constexpr float kFaintest = 0.14F;

float lightest(const Rgb& rgb) { return std::max({rgb[0], rgb[1], rgb[2]}); }

/// The values that tell ink from paper, one a place.
Raster lightestOf(const Raster& from) {
  Raster to = from;
  for (Rgb& rgb : to.colour) rgb.fill(lightest(rgb));
  return to;
}

float valueAt(const Raster& raster, int cell, int x, int y) {
  return sampled(raster, (x + 0.5) / cell, (y + 0.5) / cell)[0];
}

}  // namespace

Rgb rgbOf(l_uint32 pixel) {
  return {static_cast<float>(pixel >> 24), static_cast<float>(pixel >> 16 & 255),
          static_cast<float>(pixel >> 8 & 255)};
}

bool isRed(const Rgb& rgb) { return rgb[0] - std::max(rgb[1], rgb[2]) > 40; }

std::vector<PixHandle> inkStrengths(Pix* page, Pix* core, const PageRaster& paper,
                                    const PageRaster& ink, int steps) {
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  const PixHandle zone(pixDilateBrick(nullptr, core, 5, 5));
  std::vector<PixHandle> shapes;
  for (int k = 0; k < steps; ++k) shapes.emplace_back(pixCreate(width, height, 1));
  if (!zone || std::any_of(shapes.begin(), shapes.end(), [](auto& one) { return !one; })) return {};
  const Raster light = lightestOf(paper.raster), dark = lightestOf(ink.raster);
  const auto rowOf = [](Pix* pix, int y) {
    return pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix);
  };
  for (int y = 0; y < height; ++y) {
    const l_uint32* near = rowOf(zone.get(), y);
    const l_uint32* pixels = rowOf(page, y);
    for (int x = 0; x < width; ++x) {
      if (GET_DATA_BIT(near, x) == 0) continue;
      const Rgb rgb = rgbOf(pixels[x]);
      if (isRed(rgb)) continue;
      const float white = valueAt(light, paper.cell, x, y);
      const float black = std::min(valueAt(dark, ink.cell, x, y), white - kLeastContrast);
      const float share = (white - lightest(rgb)) / (white - black);
      for (int k = 0; k < steps; ++k) {
        const float middle = (static_cast<float>(k) + 0.5F) / static_cast<float>(steps);
        const float least = k == 0 ? kFaintest : middle;
        if (share > least) SET_DATA_BIT(rowOf(shapes[static_cast<std::size_t>(k)].get(), y), x);
      }
    }
  }
  return shapes;
}

}  // namespace sohoa
