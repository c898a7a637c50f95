#include "ocr/clean.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

#include "ocr/contrast.h"
#include "ocr/paper.h"
#include "ocr/pix.h"

namespace sohoa {

CleanPage flatten(Plane grey) {
  evenPaper(grey);
  return stretchContrast(std::move(grey));
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
