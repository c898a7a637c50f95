#include "pdf/changes/page_picture.h"

#include <algorithm>
#include <cmath>

namespace sohoa {

PixelArea PagePicture::areaOf(double x0, double y0, double x1, double y1) const {
  const double x[2] = {std::min(x0, x1), std::max(x0, x1)};
  const double y[2] = {std::min(y0, y1), std::max(y0, y1)};
  const bool lying = rotation == 90 || rotation == 270;
  const double scale = width / std::max(1e-6, lying ? top - bottom : right - left);
  double l, t, r, b;
  switch (rotation) {
    case 90:
      l = y[0] - bottom, r = y[1] - bottom, t = x[0] - left, b = x[1] - left;
      break;
    case 180:
      l = right - x[1], r = right - x[0], t = y[0] - bottom, b = y[1] - bottom;
      break;
    case 270:
      l = top - y[1], r = top - y[0], t = right - x[1], b = right - x[0];
      break;
    default:
      l = x[0] - left, r = x[1] - left, t = top - y[1], b = top - y[0];
  }
  const auto cut = [&](double at, int limit) {
    return static_cast<int>(std::clamp(at * scale, 0.0, static_cast<double>(limit)));
  };
  return {cut(l, width), cut(t, height), cut(r + 1 / scale, width), cut(b + 1 / scale, height)};
}

}  // namespace sohoa
