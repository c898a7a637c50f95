#include "pdf/access/ink_coverage.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "pdf/access/page_pixels.h"

namespace sohoa {
namespace {

constexpr float kLeastContrast = 40;     // levels between paper and ink
constexpr float kLeastUnderRed = 0.6F;   // a seal over paper holds less of the lightest channel
constexpr float kZero = 40, kOne = 170;  // of a share as it is kept: scans overshoot at edges

/// Thin strokes are never whole ink; what holds less at its darkest is grain.
constexpr float kLeastPeak = 0.4F;

/// Replaces every colour by its lightest channel, in which ink and paper differ most.
Raster lightestOf(const Raster& from) {
  Raster to = from;
  for (Rgb& rgb : to.colour) rgb.fill(lightest(rgb));
  return to;
}

float valueAt(const Raster& raster, int cell, int x, int y) {
  return sampled(raster, (x + 0.5) / cell, (y + 0.5) / cell)[0];
}

l_uint32* rowOf(Pix* pix, int y) {
  return pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix);
}

std::uint8_t kept(float share) {
  return static_cast<std::uint8_t>(std::clamp(std::lround(kZero + kOne * share), 0L, 255L));
}

/// Catmull-Rom: weights of the four pixels around a place `t` behind the second of them.
std::array<float, 4> weightsAt(float t) {
  const float t2 = t * t, t3 = t2 * t;
  return {-0.5F * t + t2 - 0.5F * t3, 1 - 2.5F * t2 + 1.5F * t3, 0.5F * t + 2 * t2 - 1.5F * t3,
          -0.5F * t2 + 0.5F * t3};
}

/// Where a point of a stencil lies among the page's pixels, one way.
struct Place {
  int pixel;   ///< that holds it
  int before;  ///< the pixel whose middle lies before it
  std::array<float, 4> weights;
};

std::vector<Place> placesOf(int pixels, double times) {
  std::vector<Place> places;
  const int points = static_cast<int>(std::lround(pixels * times));
  for (int i = 0; i < points; ++i) {
    const double middle = (i + 0.5) / times, at = middle - 0.5, whole = std::floor(at);
    places.push_back({std::min(static_cast<int>(middle), pixels - 1), static_cast<int>(whole),
                      weightsAt(static_cast<float>(at - whole))});
  }
  return places;
}

}  // namespace

InkShare::InkShare(Pix* page, Pix* core, const PageRaster& paper, const PageRaster& ink)
    : width_(pixGetWidth(page)), height_(pixGetHeight(page)) {
  shares_.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_), kept(0));
  const PixHandle zone(pixDilateBrick(nullptr, core, 7, 7));
  if (!zone) return;
  const Raster light = lightestOf(paper.raster), dark = lightestOf(ink.raster);
  for (int y = 0; y < height_; ++y) {
    const l_uint32* near = rowOf(zone.get(), y);
    const l_uint32* pixels = rowOf(page, y);
    std::uint8_t* shares = &shares_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_)];
    for (int x = 0; x < width_; ++x) {
      if (GET_DATA_BIT(near, x) == 0) continue;
      const Rgb rgb = rgbOf(pixels[x]);
      const float white = valueAt(light, paper.cell, x, y);
      const float black = std::min(valueAt(dark, ink.cell, x, y), white - kLeastContrast);
      const float share = (white - lightest(rgb)) / (white - black);
      if (share < kLeastUnderRed && isRed(rgb)) continue;
      shares[x] = kept(share);
    }
  }
  findPeaks();
}

void InkShare::findPeaks() {
  // The largest share of five by five pixels, one direction after the other.
  std::vector<std::uint8_t> rows = shares_;
  const auto W = static_cast<std::size_t>(width_);
  for (int y = 0; y < height_; ++y) {
    for (int x = 2; x + 2 < width_; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * W + static_cast<std::size_t>(x);
      rows[i] = *std::max_element(&shares_[i - 2], &shares_[i - 2] + 5);
    }
  }
  peaks_ = rows;
  for (int y = 2; y + 2 < height_; ++y) {
    for (std::size_t x = 0; x < W; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * W + x;
      peaks_[i] = std::max({rows[i - 2 * W], rows[i - W], rows[i], rows[i + W], rows[i + 2 * W]});
    }
  }
}

float InkShare::at(int x, int y) const {
  const auto column = static_cast<std::size_t>(std::clamp(x, 0, width_ - 1));
  const auto row = static_cast<std::size_t>(std::clamp(y, 0, height_ - 1));
  return shares_[row * static_cast<std::size_t>(width_) + column];
}

float InkShare::peakAt(int x, int y) const {
  const float peak = (peaks_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                             static_cast<std::size_t>(x)] -
                      kZero) /
                     kOne;
  return peak < kLeastPeak ? 1 : std::min(peak, 1.0F);
}

PixHandle InkShare::stencil(float least, double across, double down) const {
  const std::vector<Place> columns = placesOf(width_, across), rows = placesOf(height_, down);
  const int wide = static_cast<int>(columns.size()), high = static_cast<int>(rows.size());
  PixHandle out(pixCreate(wide, high, 1));
  if (!out) return out;
  std::vector<float> line(static_cast<std::size_t>(width_) + 4);
  for (int Y = 0; Y < high; ++Y) {
    const Place& row = rows[static_cast<std::size_t>(Y)];
    bool any = false;
    for (int x = 0; x < width_; ++x) {
      float sum = 0;
      for (int k = 0; k < 4; ++k) {
        sum += row.weights[static_cast<std::size_t>(k)] * at(x, row.before - 1 + k);
      }
      line[static_cast<std::size_t>(x + 1)] = sum;
      any = any || sum > kZero + 8;
    }
    line[0] = line[1];
    line[static_cast<std::size_t>(width_) + 1] = line[static_cast<std::size_t>(width_) + 2] =
        line[static_cast<std::size_t>(width_) + 3] = line[static_cast<std::size_t>(width_)];
    if (!any) continue;
    l_uint32* bits = rowOf(out.get(), Y);
    for (int X = 0; X < wide; ++X) {
      const Place& column = columns[static_cast<std::size_t>(X)];
      const auto& w = column.weights;
      const float* from = &line[static_cast<std::size_t>(std::max(column.before, 0))];
      if (from[1] + from[2] <= 2 * kZero) continue;
      const float sum = w[0] * from[0] + w[1] * from[1] + w[2] * from[2] + w[3] * from[3];
      if (sum > kZero + kOne * least * peakAt(column.pixel, row.pixel)) SET_DATA_BIT(bits, X);
    }
  }
  return out;
}

}  // namespace sohoa
