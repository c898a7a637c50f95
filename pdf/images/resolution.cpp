#include "pdf/images/resolution.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sohoa {
namespace {

constexpr double kA4Short = 210 / 25.4, kA4Long = 297 / 25.4;

struct Sheet {
  double shortSide, longSide;  // inches
};
// In order of what an office scans most: sizes of the A series look alike at settings a factor of
// two apart (A4 at 600 dpi is A2 at 300), so the order decides.
constexpr std::array kSheets{Sheet{kA4Short, kA4Long}, Sheet{8.5, 11.0},
                             Sheet{kA4Long, 420 / 25.4}};
constexpr std::array kSettings{300.0, 200.0, 150.0, 400.0, 600.0, 240.0};
constexpr double kTolerance = 0.025;

bool credible(int width, int height, Density density) {
  if (!std::isfinite(density.x) || !std::isfinite(density.y)) return false;
  const double low = std::min(density.x, density.y), high = std::max(density.x, density.y);
  // Fax pages have 204 x 98 dpi; nothing real is more uneven.
  if (low < 50 || high > 2400 || high > 2.5 * low) return false;
  const double longSide = std::max(width / density.x, height / density.y);
  if (longSide > 120) return false;  // 3 m of paper: the figure is wrong
  return low >= 100 || longSide <= kA4Long * 1.05;
}

bool near(double value, double expected) { return std::abs(value / expected - 1) <= kTolerance; }

}  // namespace

Resolution credibleResolution(int width, int height, const std::vector<Density>& stated) {
  for (const Density& density : stated) {
    if (credible(width, height, density)) return {density.x, density.y, false};
  }
  const double shortSide = std::min(width, height), longSide = std::max(width, height);
  for (const Sheet& sheet : kSheets) {
    for (const double dpi : kSettings) {
      if (near(shortSide, sheet.shortSide * dpi) && near(longSide, sheet.longSide * dpi)) {
        return {dpi, dpi, true};
      }
    }
  }
  const double fit = std::max(shortSide / kA4Short, longSide / kA4Long);
  const double dpi = std::clamp(std::round(fit), 72.0, 1200.0);
  return {dpi, dpi, true};
}

}  // namespace sohoa
