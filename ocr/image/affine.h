#pragma once

#include "core/page.h"

namespace sohoa {

/// x' = xx*x + xy*y + x0, y' = yx*x + yy*y + y0; y points downwards.
struct Affine {
  double xx = 1, xy = 0, x0 = 0;
  double yx = 0, yy = 1, y0 = 0;

  double x(double px, double py) const { return xx * px + xy * py + x0; }
  double y(double px, double py) const { return yx * px + yy * py + y0; }

  /// First `first`, then this.
  Affine after(const Affine& first) const;
  Affine inverse() const;

  static Affine scale(double sx, double sy) { return {sx, 0, 0, 0, sy, 0}; }
};

/// Turning an image of width x height clockwise by 0, 90, 180 or 270 degrees; pixel corners to
/// pixel corners.
Affine quarterTurn(int degrees, int width, int height);

/// The smallest whole-pixel box around the transformed box, kept inside width x height.
PixelBox mapBox(const Affine& map, double left, double top, double right, double bottom, int width,
                int height);

}  // namespace sohoa
