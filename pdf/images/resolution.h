#pragma once

#include <vector>

namespace sohoa {

/// Pixels per inch as some field of a file states it.
struct Density {
  double x = 0, y = 0;
};

struct Resolution {
  double x = 0, y = 0;
  bool assumed = false;
};

/// The first credible of the densities a file states; when none is, the one that the sheet's shape
/// implies: A4, Letter or A3 at a scanner's setting, else what makes the page fit into A4.
/// Cameras and image editors write 72 or 96 whatever the sheet: such a value is believed only when
/// the sheet comes out no larger than A4.
Resolution credibleResolution(int width, int height, const std::vector<Density>& stated);

}  // namespace sohoa
