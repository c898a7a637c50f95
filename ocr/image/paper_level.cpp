#include "ocr/image/paper_level.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/wide.h"

namespace sohoa {
namespace {

constexpr int kTile = 32;  // 2.7 mm at 300 dpi: wider than any stroke, narrower than a shadow

/// Brightness of paper on a grid of tiles.
struct PaperGrid {
  int columns = 0, rows = 0;
  std::vector<float> level;
  float& at(int c, int r) { return level[static_cast<std::size_t>(r * columns + c)]; }
  float at(int c, int r) const { return level[static_cast<std::size_t>(r * columns + c)]; }
};

float tilePaper(const Plane& grey, int x0, int y0) {
  std::array<int, 64> histogram{};
  int count = 0;
  const int x1 = std::min(x0 + kTile, grey.width), y1 = std::min(y0 + kTile, grey.height);
  for (int y = y0; y < y1; y += 2) {
    const std::uint8_t* row = grey.row(y);
    for (int x = x0; x < x1; x += 2) {
      ++histogram[row[x] >> 2];
      ++count;
    }
  }
  // The 80th percentile: paper even where bold capitals cover half of the tile.
  int above = count / 5;
  for (int bin = 63; bin >= 0; --bin) {
    above -= histogram[static_cast<std::size_t>(bin)];
    if (above < 0) return static_cast<float>(bin * 4 + 2);
  }
  return 2;
}

template <class Combine>
PaperGrid filtered(const PaperGrid& grid, int reach, Combine combine) {
  PaperGrid out = grid;
  std::vector<float> around;
  for (int r = 0; r < grid.rows; ++r) {
    for (int c = 0; c < grid.columns; ++c) {
      around.clear();
      for (int dr = -reach; dr <= reach; ++dr) {
        for (int dc = -reach; dc <= reach; ++dc) {
          around.push_back(grid.at(std::clamp(c + dc, 0, grid.columns - 1),
                                   std::clamp(r + dr, 0, grid.rows - 1)));
        }
      }
      out.at(c, r) = combine(around);
    }
  }
  return out;
}

PaperGrid paperOf(const Plane& grey) {
  PaperGrid grid;
  grid.columns = (grey.width + kTile - 1) / kTile;
  grid.rows = (grey.height + kTile - 1) / kTile;
  grid.level.resize(static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows));
  for (int r = 0; r < grid.rows; ++r) {
    for (int c = 0; c < grid.columns; ++c) grid.at(c, r) = tilePaper(grey, c * kTile, r * kTile);
  }
  // Photocopy borders, photographs and filled areas are not paper: never divide by less than half
  // of the sheet's usual brightness, or black would turn into white.
  std::vector<float> sorted = grid.level;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const float floorLevel = std::max(*middle * 0.55F, 16.0F);
  for (float& level : grid.level) level = std::max(level, floorLevel);
  grid = filtered(grid, 1, [](std::vector<float>& v) {
    std::nth_element(v.begin(), v.begin() + 6, v.end());
    return v[6];
  });
  return filtered(grid, 1, [](std::vector<float>& v) {
    float sum = 0;
    for (const float x : v) sum += x;
    return sum / static_cast<float>(v.size());
  });
}

/// Gains of a row's pixels, in 1/256, between those of the tiles on both sides.
SOHOA_WIDE void spreadGains(const float* __restrict gain, const std::int32_t* __restrict leftTile,
                            const float* __restrict share, std::int32_t* __restrict out,
                            std::size_t width) {
  for (std::size_t x = 0; x < width; ++x) {
    const float* pair = gain + leftTile[x];
    out[x] = static_cast<std::int32_t>(pair[0] * (1 - share[x]) + pair[1] * share[x]);
  }
}

SOHOA_WIDE void applyGains(const std::int32_t* __restrict gain, std::uint8_t* __restrict row,
                           std::size_t width) {
  for (std::size_t x = 0; x < width; ++x) {
    const std::int32_t value = (row[x] * gain[x]) >> 8;
    row[x] = static_cast<std::uint8_t>(value > 255 ? 255 : value);
  }
}

void divideByPaper(Plane& grey, const PaperGrid& grid) {
  std::vector<float> gain(static_cast<std::size_t>(grid.columns) + 2);
  const auto width = static_cast<std::size_t>(grey.width);
  std::vector<std::int32_t> rowGain(width);
  // Between which tile centres a pixel lies, and how far from the left one.
  std::vector<std::int32_t> leftTile(width);
  std::vector<float> share(width);
  for (std::size_t x = 0; x < width; ++x) {
    const float gx = (static_cast<float>(x) + 0.5F) / kTile - 0.5F;
    leftTile[x] = std::max(static_cast<int>(gx), 0);
    share[x] = std::clamp(gx - static_cast<float>(leftTile[x]), 0.0F, 1.0F);
  }
  for (int y = 0; y < grey.height; ++y) {
    // The gain between tile centres is interpolated; rows share it in steps of four.
    if (y % 4 == 0) {
      const float gy = (static_cast<float>(y) + 2.0F) / kTile - 0.5F;
      const int r0 = std::clamp(static_cast<int>(std::floor(gy)), 0, grid.rows - 1);
      const int r1 = std::min(r0 + 1, grid.rows - 1);
      const float fy = std::clamp(gy - static_cast<float>(r0), 0.0F, 1.0F);
      for (int c = 0; c < grid.columns; ++c) {
        const float level = grid.at(c, r0) * (1 - fy) + grid.at(c, r1) * fy;
        gain[static_cast<std::size_t>(c)] = 255.0F * 256.0F / level;
      }
      const auto columns = static_cast<std::size_t>(grid.columns);
      gain[columns] = gain[columns - 1];
      spreadGains(gain.data(), leftTile.data(), share.data(), rowGain.data(), width);
    }
    applyGains(rowGain.data(), grey.row(y), width);
  }
}

}  // namespace

void evenPaper(Plane& grey) { divideByPaper(grey, paperOf(grey)); }

}  // namespace sohoa
