#include "pdf/access/ink_colour.h"

#include "pdf/access/page_pixels.h"

namespace sohoa {
namespace {

constexpr int kShades = 32;           // 8 levels each
constexpr float kDarkestPart = 0.3F;  // of a cell's pixels
constexpr int kAround = 4;            // cells to each side: half a line of body text
constexpr float kNoise = 48;          // levels a channel
constexpr float kFew = 10;            // pixels: a rule of a table, but no stroke of a pen

/// The pixels of one row of cells, sorted by shade.
class Shades {
 public:
  explicit Shades(int cells) : sums_(index(cells, 0)) {}
  void add(int cell, const Rgb& rgb) {
    Sum& sum = sums_[index(cell, static_cast<int>(lightest(rgb)) * kShades / 256)];
    for (std::size_t c = 0; c < 3; ++c) sum.colour[c] += rgb[c];
    sum.count += 1;
  }
  struct Sum {
    Rgb colour{};
    float count = 0;
  };
  Sum darkestOf(int cell) const {
    float all = 0;
    for (int shade = 0; shade < kShades; ++shade) all += sums_[index(cell, shade)].count;
    Sum dark;
    for (int shade = 0; shade < kShades && dark.count < all * kDarkestPart; ++shade) {
      const Sum& sum = sums_[index(cell, shade)];
      for (std::size_t c = 0; c < 3; ++c) dark.colour[c] += sum.colour[c];
      dark.count += sum.count;
    }
    return dark;
  }

 private:
  static std::size_t index(int cell, int shade) {
    return static_cast<std::size_t>(cell) * kShades + static_cast<std::size_t>(shade);
  }
  std::vector<Sum> sums_;
};

/// Sum and weight of the cells around one, itself among them.
Shades::Sum around(const Raster& sums, int x, int y) {
  Shades::Sum all;
  for (int r = std::max(y - kAround, 0); r <= std::min(y + kAround, sums.height - 1); ++r) {
    for (int c = std::max(x - kAround, 0); c <= std::min(x + kAround, sums.width - 1); ++c) {
      const std::size_t i = sums.at(c, r);
      for (std::size_t n = 0; n < 3; ++n) all.colour[n] += sums.colour[i][n];
      all.count += sums.weight[i];
    }
  }
  return all;
}

Raster settled(const Raster& sums) {
  Raster out = sums;
  for (int y = 0; y < sums.height; ++y) {
    for (int x = 0; x < sums.width; ++x) {
      const std::size_t i = sums.at(x, y);
      if (sums.weight[i] <= 0) continue;
      const Shades::Sum all = around(sums, x, y);
      Rgb own = sums.colour[i], common = all.colour;
      bool noise = true;
      for (std::size_t n = 0; n < 3; ++n) {
        own[n] /= sums.weight[i], common[n] /= all.count;
        noise = noise && std::abs(own[n] - common[n]) <= kNoise;
      }
      out.colour[i] = noise || sums.weight[i] < kFew ? common : own;
      out.weight[i] = 1;
    }
  }
  return out;
}

}  // namespace

Raster inkColours(Pix* page, Pix* ink, int cell) {
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  Raster sums((width + cell - 1) / cell, (height + cell - 1) / cell);
  const Rows bits(ink), pixels(page);
  for (int top = 0; top < height; top += cell) {
    Shades shades(sums.width);
    for (int y = top; y < std::min(top + cell, height); ++y) {
      for (int x = 0; x < width; ++x) {
        if (GET_DATA_BIT(bits.row(y), x) != 0) shades.add(x / cell, rgbOf(pixels.row(y)[x]));
      }
    }
    for (int c = 0; c < sums.width; ++c) {
      const Shades::Sum dark = shades.darkestOf(c);
      const std::size_t i = sums.at(c, top / cell);
      sums.colour[i] = dark.colour, sums.weight[i] = dark.count;
    }
  }
  Raster colours = settled(sums);
  fillHoles(colours);
  return colours;
}

}  // namespace sohoa
