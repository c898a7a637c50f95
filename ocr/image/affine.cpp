#include "ocr/image/affine.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sohoa {

Affine Affine::after(const Affine& first) const {
  return {xx * first.xx + xy * first.yx,      xx * first.xy + xy * first.yy,
          xx * first.x0 + xy * first.y0 + x0, yx * first.xx + yy * first.yx,
          yx * first.xy + yy * first.yy,      yx * first.x0 + yy * first.y0 + y0};
}

Affine Affine::inverse() const {
  const double det = xx * yy - xy * yx;
  return {yy / det,  -xy / det, (xy * y0 - yy * x0) / det,
          -yx / det, xx / det,  (yx * x0 - xx * y0) / det};
}

Affine quarterTurn(int degrees, int width, int height) {
  switch (degrees) {
    case 90:
      return {0, -1, static_cast<double>(height), 1, 0, 0};
    case 180:
      return {-1, 0, static_cast<double>(width), 0, -1, static_cast<double>(height)};
    case 270:
      return {0, 1, 0, -1, 0, static_cast<double>(width)};
    default:
      return {};
  }
}

PixelBox mapBox(const Affine& map, double left, double top, double right, double bottom, int width,
                int height) {
  const std::array<double, 4> xs = {map.x(left, top), map.x(right, top), map.x(left, bottom),
                                    map.x(right, bottom)};
  const std::array<double, 4> ys = {map.y(left, top), map.y(right, top), map.y(left, bottom),
                                    map.y(right, bottom)};
  const auto [x0, x1] = std::minmax_element(xs.begin(), xs.end());
  const auto [y0, y1] = std::minmax_element(ys.begin(), ys.end());
  const int l = std::clamp(static_cast<int>(std::floor(*x0 + 1e-6)), 0, width - 1);
  const int t = std::clamp(static_cast<int>(std::floor(*y0 + 1e-6)), 0, height - 1);
  const int r = std::clamp(static_cast<int>(std::ceil(*x1 - 1e-6)), l + 1, width);
  const int b = std::clamp(static_cast<int>(std::ceil(*y1 - 1e-6)), t + 1, height);
  return {l, t, r - l, b - t};
}

}  // namespace sohoa
