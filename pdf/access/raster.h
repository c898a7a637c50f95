#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace sohoa {

using Rgb = std::array<float, 3>;

/// Colours on a grid, each with a weight: 0 where nothing is known.
struct Raster {
  int width = 0, height = 0;
  std::vector<Rgb> colour;
  std::vector<float> weight;

  Raster() = default;
  Raster(int w, int h) : width(w), height(h), colour(area(w, h)), weight(area(w, h)) {}
  std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
  void add(int x, int y, const Rgb& value, float share = 1) {
    const std::size_t i = at(x, y);
    for (std::size_t c = 0; c < 3; ++c) colour[i][c] += share * value[c];
    weight[i] += share;
  }
  /// Sums become means.
  void average() {
    for (std::size_t i = 0; i < colour.size(); ++i) {
      if (weight[i] <= 0) continue;
      for (float& value : colour[i]) value /= weight[i];
      weight[i] = 1;
    }
  }

 private:
  static std::size_t area(int w, int h) {
    return static_cast<std::size_t>(w) * static_cast<std::size_t>(h);
  }
};

/// Gives every place without a weight the colour of its surroundings. Averages only.
void fillHoles(Raster& raster);

/// Bilinear value of an averaged raster at cell coordinates (the centre of cell 0 is 0.5).
Rgb sampled(const Raster& raster, double x, double y);

}  // namespace sohoa
