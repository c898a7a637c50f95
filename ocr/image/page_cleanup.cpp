#include "ocr/image/page_cleanup.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>
#include <utility>
#include <vector>

#include "core/wide.h"
#include "ocr/image/contrast.h"
#include "ocr/image/paper_level.h"
#include "ocr/image/pix_handle.h"

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

namespace {

/// Nothing but paper in [p, p + count).
bool isPaper(const std::uint8_t* p, int count) {
  std::uint64_t all = ~std::uint64_t{0};
  int i = 0;
  for (; i + 8 <= count; i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, p + i, 8);
    all &= eight;
  }
  std::uint8_t rest = 255;
  for (; i < count; ++i) rest &= p[i];
  return all == ~std::uint64_t{0} && rest == 255;
}

/// Where a row of the result comes from, in 1/65536 pixels: the place of its first pixel, and the
/// way to the next.
struct Slant {
  std::int64_t x, y, stepX, stepY;
};

/// Steps that stay within one pixel.
int stepsWithin(int fraction, int step) {
  if (step == 0) return 1 << 30;
  return step > 0 ? (65535 - fraction) / step + 1 : fraction / -step + 1;
}

/// `count` pixels between the rows p and p + stride, bilinear. While source and result go side by
/// side, which a small angle lets them for a while, the loop is one that compilers vectorise. The
/// first comes from (u, v) right and down of p's pixel, the next from (du, dv) further than beside
/// it, in 1/65536 pixels.
SOHOA_WIDE void blend(const std::uint8_t* __restrict p, int stride, std::uint8_t* __restrict out,
                      int count, int u, int v, int du, int dv) {
  const std::uint8_t* __restrict q = p + stride;
  for (int i = 0; i < count; ++i) {
    const auto ax = static_cast<std::uint16_t>((u + i * du) >> 8);
    const auto ay = static_cast<std::uint16_t>((v + i * dv) >> 8);
    const auto bx = static_cast<std::uint16_t>(256 - ax), by = static_cast<std::uint16_t>(256 - ay);
    const auto top = static_cast<std::uint16_t>(p[i] * bx + p[i + 1] * ax);
    const auto bottom = static_cast<std::uint16_t>(q[i] * bx + q[i + 1] * ax);
    const std::uint32_t sum = std::uint32_t{top} * by + std::uint32_t{bottom} * ay;
    out[i] = static_cast<std::uint8_t>((sum + 32768) >> 16);
  }
}

void straightRow(const Plane& grey, Slant slant, std::uint8_t* out, std::uint8_t* end) {
  while (out < end) {
    const int u = static_cast<int>(slant.x & 65535), v = static_cast<int>(slant.y & 65535);
    const int du = static_cast<int>(slant.stepX - 65536), dv = static_cast<int>(slant.stepY);
    const int count =
        std::min({static_cast<int>(end - out), stepsWithin(u, du), stepsWithin(v, dv)});
    const std::uint8_t* p = grey.row(static_cast<int>(slant.y >> 16)) + (slant.x >> 16);
    if (isPaper(p, count + 1) && isPaper(p + grey.width, count + 1)) {
      std::fill(out, out + count, std::uint8_t{255});  // most of a page
    } else {
      blend(p, grey.width, out, count, u, v, du, dv);
    }
    out += count;
    slant.x += count * slant.stepX;
    slant.y += count * slant.stepY;
  }
}

}  // namespace

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
    const auto fixed = [](double v) { return static_cast<std::int64_t>(v * 65536); };
    straightRow(grey, {fixed(startX + c * x0), fixed(startY + s * x0), fixed(c), fixed(s)},
                row + x0, row + x1);
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
