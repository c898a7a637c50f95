#include "pdf/access/raster.h"

#include <cmath>

namespace sohoa {

void fillHoles(Raster& raster) {
  const bool holes = std::any_of(raster.weight.begin(), raster.weight.end(),
                                 [](float weight) { return weight <= 0; });
  if (!holes || (raster.width == 1 && raster.height == 1)) return;
  Raster half((raster.width + 1) / 2, (raster.height + 1) / 2);
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      const std::size_t i = raster.at(x, y);
      if (raster.weight[i] > 0) half.add(x / 2, y / 2, raster.colour[i]);
    }
  }
  half.average();
  fillHoles(half);
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      const std::size_t i = raster.at(x, y);
      if (raster.weight[i] > 0) continue;
      raster.colour[i] = sampled(half, (x + 0.5) / 2, (y + 0.5) / 2);
      raster.weight[i] = 1;
    }
  }
}

Rgb sampled(const Raster& raster, double x, double y) {
  const double px = std::clamp(x - 0.5, 0.0, raster.width - 1.0);
  const double py = std::clamp(y - 0.5, 0.0, raster.height - 1.0);
  const int x0 = static_cast<int>(px), y0 = static_cast<int>(py);
  const int x1 = std::min(x0 + 1, raster.width - 1), y1 = std::min(y0 + 1, raster.height - 1);
  const auto fx = static_cast<float>(px - x0), fy = static_cast<float>(py - y0);
  const Rgb &a = raster.colour[raster.at(x0, y0)], &b = raster.colour[raster.at(x1, y0)];
  const Rgb &c = raster.colour[raster.at(x0, y1)], &d = raster.colour[raster.at(x1, y1)];
  Rgb value;
  for (std::size_t i = 0; i < 3; ++i) {
    value[i] = (a[i] * (1 - fx) + b[i] * fx) * (1 - fy) + (c[i] * (1 - fx) + d[i] * fx) * fy;
  }
  return value;
}

}  // namespace sohoa
