#include "ocr/image/contrast.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

/// Where ink and paper lie on the flattened page.
struct Levels {
  int ink = 40, paper = 240;
  int noise = 6;  ///< of the paper
  double contrast = 0.8;
};

Levels levelsOf(const Plane& grey) {
  std::array<long, 256> histogram{};
  // Shadows and photocopy borders along the edges are darker than any faint toner.
  const int edgeX = grey.width / 16, edgeY = grey.height / 16;
  for (int y = edgeY; y < grey.height - edgeY; y += 2) {
    const std::uint8_t* row = grey.row(y);
    for (int x = edgeX; x < grey.width - edgeX; x += 2) ++histogram[row[x]];
  }
  long total = 0;
  for (const long n : histogram) total += n;
  // Paper: median of what is brighter than three quarters; its noise: distance to the 2 % below.
  long bright = 0;
  for (int v = 192; v < 256; ++v) bright += histogram[static_cast<std::size_t>(v)];
  auto percentile = [&](int from, int to, long rank) {
    long seen = 0;
    for (int v = from; v < to; ++v) {
      seen += histogram[static_cast<std::size_t>(v)];
      if (seen > rank) return v;
    }
    return to - 1;
  };
  Levels levels;
  levels.paper = percentile(192, 256, bright / 2);
  levels.noise = std::max(levels.paper - percentile(192, 256, bright / 20), 6);
  // Ink: a third into what is clearly darker than paper, so that neither the soft edges of strokes
  // nor a few black spots on a faint page decide.
  for (const int limit : {185, levels.paper - 3 * levels.noise}) {
    long dark = 0;
    for (int v = 0; v < limit; ++v) dark += histogram[static_cast<std::size_t>(v)];
    if (dark * 400 < total && limit == 185) continue;
    levels.ink = percentile(0, limit, dark / 3);
    break;
  }
  levels.contrast = (levels.paper - levels.ink) / 255.0;
  return levels;
}

/// Faint toner lies on the paper as specks: a light blur (1 2 1 both ways) joins them into strokes.
void blur(Plane& grey) {
  std::vector<int> previous(static_cast<std::size_t>(grey.width)), current = previous,
                                                                   next = previous;
  auto across = [&](int y, std::vector<int>& out) {
    const std::uint8_t* row = grey.row(std::clamp(y, 0, grey.height - 1));
    for (int x = 1; x + 1 < grey.width; ++x) {
      out[static_cast<std::size_t>(x)] = row[x - 1] + 2 * row[x] + row[x + 1];
    }
    out.front() = 4 * row[0];
    out.back() = 4 * row[grey.width - 1];
  };
  across(0, previous);
  across(0, current);
  for (int y = 0; y < grey.height; ++y) {
    across(y + 1, next);
    std::uint8_t* row = grey.row(y);
    for (int x = 0; x < grey.width; ++x) {
      const auto i = static_cast<std::size_t>(x);
      row[x] = static_cast<std::uint8_t>((previous[i] + 2 * current[i] + next[i] + 8) / 16);
    }
    std::swap(previous, current);
    std::swap(current, next);
  }
}

/// How dark ink is, tile by tile: worn toner fades within a line.
class InkGrid {
 public:
  InkGrid(const Plane& grey, const Levels& levels)
      : columns_((grey.width + kTile - 1) / kTile), rows_((grey.height + kTile - 1) / kTile) {
    level_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), -1);
    const int limit = levels.paper - 4 * levels.noise;
    // No lighter than half-way to the paper: stains and show-through are not made ink.
    const int lightest = (levels.ink + levels.paper) / 2;
    for (int r = 0; r < rows_; ++r) {
      for (int c = 0; c < columns_; ++c) {
        const int ink = inkOf(grey, c * kTile, r * kTile, limit);
        if (ink >= 0) at(c, r) = static_cast<float>(std::clamp(ink, levels.ink, lightest));
      }
    }
    smooth(static_cast<float>(levels.ink));
  }

  /// Between the middles of tiles.
  float level(int x, int y) const {
    const float gx = std::max(static_cast<float>(x) / kTile - 0.5F, 0.0F);
    const float gy = std::max(static_cast<float>(y) / kTile - 0.5F, 0.0F);
    const int c = std::min(static_cast<int>(gx), columns_ - 1),
              r = std::min(static_cast<int>(gy), rows_ - 1);
    const int c1 = std::min(c + 1, columns_ - 1), r1 = std::min(r + 1, rows_ - 1);
    const float fx = gx - static_cast<float>(c), fy = gy - static_cast<float>(r);
    return (at(c, r) * (1 - fx) + at(c1, r) * fx) * (1 - fy) +
           (at(c, r1) * (1 - fx) + at(c1, r1) * fx) * fy;
  }

 private:
  static constexpr int kTile = 48;  // about two letters

  float& at(int c, int r) { return level_[static_cast<std::size_t>(r * columns_ + c)]; }
  float at(int c, int r) const { return level_[static_cast<std::size_t>(r * columns_ + c)]; }

  /// A third into the dark, as for the whole page; -1 where there is too little ink.
  static int inkOf(const Plane& grey, int x0, int y0, int limit) {
    std::array<int, 256> histogram{};
    int dark = 0;
    for (int y = y0; y < std::min(y0 + kTile, grey.height); ++y) {
      const std::uint8_t* row = grey.row(y);
      for (int x = x0; x < std::min(x0 + kTile, grey.width); ++x) {
        if (row[x] >= limit) continue;
        ++histogram[row[x]];
        ++dark;
      }
    }
    constexpr int kEnough = 60;  // a stroke of a letter
    if (dark < kEnough) return -1;
    int seen = 0;
    for (int v = 0; v < limit; ++v) {
      seen += histogram[static_cast<std::size_t>(v)];
      if (seen * 3 > dark) return v;
    }
    return limit;
  }

  /// Means of the neighbours that know; tiles without ink are as the page.
  void smooth(float usual) {
    std::vector<float> out = level_;
    for (int r = 0; r < rows_; ++r) {
      for (int c = 0; c < columns_; ++c) {
        float sum = 0, weight = 0;
        for (int dr = -1; dr <= 1; ++dr) {
          for (int dc = -1; dc <= 1; ++dc) {
            const int nc = c + dc, nr = r + dr;
            if (nc < 0 || nr < 0 || nc >= columns_ || nr >= rows_ || at(nc, nr) < 0) continue;
            const float w = dr == 0 && dc == 0 ? 3.0F : dr == 0 ? 1.0F : 0.4F;
            sum += w * at(nc, nr);
            weight += w;
          }
        }
        out[static_cast<std::size_t>(r * columns_ + c)] = weight > 0 ? sum / weight : usual;
      }
    }
    level_ = std::move(out);
  }

  int columns_, rows_;
  std::vector<float> level_;
};

/// The same as the table in stretchContrast(), with each place's own ink.
void stretchByPlace(Plane& grey, const Levels& levels, int share) {
  const InkGrid ink(grey, levels);
  constexpr int kStep = 8;
  for (int y = 0; y < grey.height; ++y) {
    std::uint8_t* row = grey.row(y);
    for (int x0 = 0; x0 < grey.width; x0 += kStep) {
      const int low = static_cast<int>(ink.level(x0 + kStep / 2, y));
      const int range = std::max((levels.paper - low) * share / 100, 24);
      const int end = std::min(x0 + kStep, grey.width);
      for (int x = x0; x < end; ++x) {
        row[x] = static_cast<std::uint8_t>(std::clamp((row[x] - low) * 255 / range, 0, 255));
      }
    }
  }
}

}  // namespace

CleanPage stretchContrast(Plane grey) {
  Levels levels = levelsOf(grey);
  CleanPage page;
  page.contrast = levels.contrast;
  const bool faint = levels.contrast < kFaintContrast;
  if (faint) {
    blur(grey);
    if (levels.contrast < 0.56) blur(grey);
    levels = levelsOf(grey);
  }
  page.threshold = faint ? 190 : 140;
  const int share = faint ? 92 : 85;
  // Where no ink is dark the darkest is show-through or shadow: it is not made black.
  constexpr int kLightestInk = 150;
  if (faint && levels.ink <= kLightestInk) {
    stretchByPlace(grey, levels, share);
    page.grey = std::move(grey);
    return page;
  }
  const int low = std::min(levels.ink, kLightestInk);
  const int high = std::max(low + (levels.paper - low) * share / 100, low + 24);
  std::array<std::uint8_t, 256> table{};
  for (int v = 0; v < 256; ++v) {
    table[static_cast<std::size_t>(v)] =
        static_cast<std::uint8_t>(std::clamp((v - low) * 255 / (high - low), 0, 255));
  }
  page.grey = std::move(grey);
  for (std::uint8_t& v : page.grey.pixels) v = table[v];
  return page;
}

}  // namespace sohoa
