#include "ocr/clean.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "ocr/pix.h"

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

void divideByPaper(Plane& grey, const PaperGrid& grid) {
  std::vector<float> gain(static_cast<std::size_t>(grid.columns) + 2);
  std::vector<std::int32_t> rowGain(static_cast<std::size_t>(grey.width));
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
      for (int x = 0; x < grey.width; ++x) {
        const float gx = (static_cast<float>(x) + 0.5F) / kTile - 0.5F;
        const int c0 = std::max(static_cast<int>(gx), 0);
        const int c1 = std::min(c0 + 1, grid.columns - 1);
        const float fx = std::clamp(gx - static_cast<float>(c0), 0.0F, 1.0F);
        rowGain[static_cast<std::size_t>(x)] =
            static_cast<std::int32_t>(gain[static_cast<std::size_t>(c0)] * (1 - fx) +
                                      gain[static_cast<std::size_t>(c1)] * fx);
      }
    }
    std::uint8_t* row = grey.row(y);
    const std::int32_t* g = rowGain.data();
    for (int x = 0; x < grey.width; ++x) {
      const std::int32_t value = (row[x] * g[x]) >> 8;
      row[x] = static_cast<std::uint8_t>(value > 255 ? 255 : value);
    }
  }
}

/// Where ink and paper lie on the flattened page.
struct Levels {
  int ink = 40, paper = 240;
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
  const int noise = std::max(levels.paper - percentile(192, 256, bright / 20), 6);
  // Ink: a third into what is clearly darker than paper, so that neither the soft edges of strokes
  // nor a few black spots on a faint page decide.
  for (const int limit : {185, levels.paper - 3 * noise}) {
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

constexpr double kFaintContrast = 0.66;

}  // namespace

CleanPage flatten(Plane grey) {
  divideByPaper(grey, paperOf(grey));
  Levels levels = levelsOf(grey);
  CleanPage page;
  page.contrast = levels.contrast;
  const bool faint = levels.contrast < kFaintContrast;
  if (faint) {
    blur(grey);
    if (levels.contrast < 0.56) blur(grey);
    levels = levelsOf(grey);
  }
  page.grey = std::move(grey);
  // Stretch: ink to black, paper and the faint (seal remains, show-through) to white.
  // Where no ink is dark the darkest is show-through or shadow: it is not made black.
  const int low = std::min(levels.ink, 150);
  const int share = faint ? 92 : 85;
  const int high = std::max(low + (levels.paper - low) * share / 100, low + 24);
  std::array<std::uint8_t, 256> table{};
  for (int v = 0; v < 256; ++v) {
    table[static_cast<std::size_t>(v)] =
        static_cast<std::uint8_t>(std::clamp((v - low) * 255 / (high - low), 0, 255));
  }
  for (std::uint8_t& v : page.grey.pixels) v = table[v];
  page.threshold = faint ? 190 : 140;
  return page;
}

namespace {

/// 1 bpp at half size: a bit is ink when two of its four pixels are.
PixHandle halfSizeInk(const CleanPage& page) {
  const int width = page.grey.width / 2, height = page.grey.height / 2;
  PixHandle pix(pixCreate(width, height, 1));
  l_uint32* data = pixGetData(pix.get());
  const int wpl = pixGetWpl(pix.get());
  const int limit = page.threshold * 4 / 2 + 255 * 2;
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* a = page.grey.row(2 * y);
    const std::uint8_t* b = page.grey.row(2 * y + 1);
    l_uint32* line = data + static_cast<std::ptrdiff_t>(y) * wpl;
    for (int x = 0; x < width; ++x) {
      if (a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] < limit) SET_DATA_BIT(line, x);
    }
  }
  return pix;
}

}  // namespace

double findSkew(const CleanPage& page) {
  const PixHandle ink = halfSizeInk(page);
  float angle = 0, confidence = 0;
  if (pixFindSkewSweepAndSearch(ink.get(), &angle, &confidence, 4, 2, 7.0F, 1.0F, 0.01F) != 0) {
    return 0;
  }
  if (confidence < 3.0F || std::abs(angle) < 0.05F) return 0;
  return -static_cast<double>(angle);
}

Plane straighten(const Plane& grey, double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  const double c = std::cos(angle), s = std::sin(angle);
  const int width =
      static_cast<int>(std::ceil(grey.width * std::abs(c) + grey.height * std::abs(s)));
  const int height =
      static_cast<int>(std::ceil(grey.width * std::abs(s) + grey.height * std::abs(c)));
  Plane out(width, height);
  const double cx = (grey.width - 1) / 2.0, cy = (grey.height - 1) / 2.0;
  const double ox = (width - 1) / 2.0, oy = (height - 1) / 2.0;
  for (int y = 0; y < height; ++y) {
    // Content is turned back, so a straight pixel comes from one turned clockwise by the angle.
    const double dy = y - oy;
    const double startX = cx + c * (0 - ox) - s * dy, startY = cy + s * (0 - ox) + c * dy;
    std::uint8_t* row = out.row(y);
    // Range of x whose source lies inside, so the inner loop needs no test.
    double from = 0, to = width;
    auto keep = [&](double start, double slope, double limit) {
      if (std::abs(slope) < 1e-12) {
        if (start < 0 || start >= limit) to = from;
        return;
      }
      const double a = (0 - start) / slope, b = (limit - start) / slope;
      from = std::max(from, std::min(a, b));
      to = std::min(to, std::max(a, b));
    };
    keep(startX, c, grey.width - 1.01);
    keep(startY, s, grey.height - 1.01);
    const int x0 = std::clamp(static_cast<int>(std::ceil(from)), 0, width);
    const int x1 = std::clamp(static_cast<int>(std::floor(to)), x0, width);
    std::fill(row, row + x0, std::uint8_t{255});
    std::fill(row + x1, row + width, std::uint8_t{255});
    auto fx = static_cast<std::int64_t>((startX + c * x0) * 65536);
    auto fy = static_cast<std::int64_t>((startY + s * x0) * 65536);
    const auto stepX = static_cast<std::int64_t>(c * 65536),
               stepY = static_cast<std::int64_t>(s * 65536);
    for (int x = x0; x < x1; ++x, fx += stepX, fy += stepY) {
      const std::uint8_t* p = grey.row(static_cast<int>(fy >> 16)) + (fx >> 16);
      const std::uint8_t* q = p + grey.width;
      const int ax = static_cast<int>((fx >> 8) & 255), ay = static_cast<int>((fy >> 8) & 255);
      const int top = p[0] * (256 - ax) + p[1] * ax, bottom = q[0] * (256 - ax) + q[1] * ax;
      row[x] = static_cast<std::uint8_t>((top * (256 - ay) + bottom * ay + 32768) >> 16);
    }
  }
  return out;
}

Plane turned(const Plane& plane, int degrees) {
  if (degrees == 0) return plane;
  if (degrees == 180) {
    Plane out = plane;
    std::reverse(out.pixels.begin(), out.pixels.end());
    return out;
  }
  Plane out(plane.height, plane.width);
  constexpr int kBlock = 32;  // keeps both sides of the transposition in the cache
  for (int by = 0; by < plane.height; by += kBlock) {
    for (int bx = 0; bx < plane.width; bx += kBlock) {
      for (int y = by; y < std::min(by + kBlock, plane.height); ++y) {
        const std::uint8_t* row = plane.row(y);
        for (int x = bx; x < std::min(bx + kBlock, plane.width); ++x) {
          if (degrees == 90) {
            out.row(x)[plane.height - 1 - y] = row[x];
          } else {
            out.row(plane.width - 1 - x)[y] = row[x];
          }
        }
      }
    }
  }
  return out;
}

LineDirection lineDirection(const CleanPage& page) {
  // Text lines make the sums along them jump from line to line; sums across them are smooth.
  const int width = page.grey.width / 4, height = page.grey.height / 4;
  std::vector<int> rows(static_cast<std::size_t>(height)), columns(static_cast<std::size_t>(width));
  // Borders (photocopy edges) are left out.
  for (int y = height / 20; y < height - height / 20; ++y) {
    const std::uint8_t* row = page.grey.row(4 * y + 1);
    for (int x = width / 20; x < width - width / 20; ++x) {
      if (row[4 * x + 1] < page.threshold) {
        ++rows[static_cast<std::size_t>(y)];
        ++columns[static_cast<std::size_t>(x)];
      }
    }
  }
  auto roughness = [](const std::vector<int>& sums) {
    double jumps = 0;
    for (std::size_t i = 4; i < sums.size(); ++i) {
      const double d = sums[i] - sums[i - 4];
      jumps += d * d;
    }
    return jumps;
  };
  const double across = roughness(rows), along = roughness(columns);
  if (across > 1.6 * along) return LineDirection::horizontal;
  if (along > 1.6 * across) return LineDirection::vertical;
  return LineDirection::unclear;
}

}  // namespace sohoa
