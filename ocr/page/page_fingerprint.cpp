#include "ocr/page/page_fingerprint.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

#include "ocr/image/page_cleanup.h"

namespace sohoa {
namespace {

constexpr double kCellMillimetres = 0.68;
constexpr double kInked = 0.15;  ///< share of a cell's pixels that make it an inked one
constexpr int kLargest = 2000;   ///< cells a side: 1.36 m
constexpr int kPlaceWidth = 24, kPlaceHeight = 12;  ///< cells
constexpr int kShift = 12;  ///< cells by which sheets lie differently on the glass
constexpr int kGive = 3;    ///< cells by which a place may lie differently from the sheet
constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Cells with a frame of empty ones, so that neighbours need no test.
struct Cells {
  static constexpr int kFrame = kShift + kGive + 2;
  Cells(int c, int r)
      : columns(c),
        rows(r),
        stride(c + 2 * kFrame),
        bits(static_cast<std::size_t>(stride) * static_cast<std::size_t>(r + 2 * kFrame)) {}
  std::uint8_t* at(int x, int y) {
    return bits.data() + static_cast<std::ptrdiff_t>(y + kFrame) * stride + x + kFrame;
  }
  const std::uint8_t* at(int x, int y) const {
    return bits.data() + static_cast<std::ptrdiff_t>(y + kFrame) * stride + x + kFrame;
  }
  int columns, rows, stride;
  std::vector<std::uint8_t> bits;
};

std::optional<Cells> unpack(const std::string& print) {
  int columns = 0, rows = 0;
  const char* end = print.data() + print.size();
  const auto first = std::from_chars(print.data(), end, columns);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != 'x') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, rows);
  if (second.ec != std::errc() || second.ptr == end || *second.ptr != ':') return std::nullopt;
  if (columns < 1 || rows < 1 || columns > kLargest || rows > kLargest) return std::nullopt;
  const std::string_view packed(second.ptr + 1, static_cast<std::size_t>(end - second.ptr - 1));
  if (packed.size() != static_cast<std::size_t>(columns * rows + 5) / 6) return std::nullopt;
  Cells cells(columns, rows);
  for (int i = 0; i < columns * rows; ++i) {
    const auto value = kLetters.find(packed[static_cast<std::size_t>(i / 6)]);
    if (value == std::string_view::npos) return std::nullopt;
    *cells.at(i % columns, i / columns) = static_cast<std::uint8_t>(value >> (i % 6) & 1);
  }
  return cells;
}

/// Every cell within one of an inked one.
Cells widened(const Cells& cells) {
  Cells wide(cells.columns, cells.rows);
  for (int y = 0; y < cells.rows; ++y) {
    for (int x = 0; x < cells.columns; ++x) {
      if (*cells.at(x, y) == 0) continue;
      for (int dy = -1; dy <= 1; ++dy) std::fill_n(wide.at(x - 1, y + dy), 3, std::uint8_t{1});
    }
  }
  return wide;
}

std::vector<int> sums(const Cells& cells, bool byRow) {
  std::vector<int> out(static_cast<std::size_t>(byRow ? cells.rows : cells.columns));
  for (int y = 0; y < cells.rows; ++y) {
    for (int x = 0; x < cells.columns; ++x)
      out[static_cast<std::size_t>(byRow ? y : x)] += *cells.at(x, y);
  }
  return out;
}

/// The shift at which two rows of sums differ least.
int bestShift(const std::vector<int>& a, const std::vector<int>& b) {
  int best = 0;
  long least = -1;
  for (int shift = -kShift; shift <= kShift; ++shift) {
    long apart = 0;
    for (int i = 0; i < static_cast<int>(a.size()); ++i) {
      const int j = i + shift;
      const int other =
          j < 0 || j >= static_cast<int>(b.size()) ? 0 : b[static_cast<std::size_t>(j)];
      apart += std::abs(a[static_cast<std::size_t>(i)] - other);
    }
    if (least < 0 || apart < least || (apart == least && std::abs(shift) < std::abs(best))) {
      least = apart;
      best = shift;
    }
  }
  return best;
}

/// Inked cells of a place, and of those the ones that the other print lacks.
struct Apart {
  int ink = 0, cells = 0;
};

Apart lacking(const Cells& one, const Cells& otherWide, int left, int top, int dx, int dy) {
  Apart apart;
  const int right = std::min(left + kPlaceWidth, one.columns),
            bottom = std::min(top + kPlaceHeight, one.rows);
  for (int y = top; y < bottom; ++y) {
    if (y + dy < -Cells::kFrame || y + dy >= otherWide.rows + Cells::kFrame) continue;
    const std::uint8_t* mine = one.at(0, y);
    const std::uint8_t* theirs = otherWide.at(0, y + dy);
    for (int x = left; x < right; ++x) {
      apart.ink += mine[x];
      const bool inside = x + dx >= -Cells::kFrame && x + dx < otherWide.columns + Cells::kFrame;
      apart.cells += mine[x] != 0 && (!inside || theirs[x + dx] == 0) ? 1 : 0;
    }
  }
  return apart;
}

/// All places of `one` against the other, each moved to where it fits best.
void compare(const Cells& one, const Cells& otherWide, int dx, int dy, long& ink, long& apart,
             int& worst) {
  for (int top = 0; top < one.rows; top += kPlaceHeight) {
    for (int left = 0; left < one.columns; left += kPlaceWidth) {
      Apart best = lacking(one, otherWide, left, top, dx, dy);
      for (int gy = -kGive; gy <= kGive && best.cells > 0; ++gy) {
        for (int gx = -kGive; gx <= kGive; ++gx) {
          const Apart here = lacking(one, otherWide, left, top, dx + gx, dy + gy);
          if (here.cells < best.cells) best = here;
        }
      }
      ink += best.ink;
      apart += best.cells;
      worst = std::max(worst, best.cells);
    }
  }
}

}  // namespace

std::string pagePrint(const CleanPage& page, double dpi) {
  const double cell = kCellMillimetres / 25.4 * dpi;
  const int columns = static_cast<int>(page.grey.width / cell),
            rows = static_cast<int>(page.grey.height / cell);
  if (cell < 1 || columns < 1 || rows < 1 || columns > kLargest || rows > kLargest) return {};
  std::vector<int> ink(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  std::vector<std::uint16_t> columnOf(static_cast<std::size_t>(page.grey.width));
  for (int x = 0; x < page.grey.width; ++x) {
    columnOf[static_cast<std::size_t>(x)] =
        static_cast<std::uint16_t>(std::min(static_cast<int>(x / cell), columns - 1));
  }
  // First down the pixels' columns, which compilers vectorise, then across a row of cells.
  std::vector<std::uint8_t> dark(static_cast<std::size_t>(page.grey.width));
  const auto threshold = static_cast<std::uint8_t>(std::clamp(page.threshold, 0, 255));
  const auto rowOf = [&](int y) { return std::min(static_cast<int>(y / cell), rows - 1); };
  constexpr int kMost = 255;
  int counted = 0;
  for (int y = 0; y < page.grey.height; ++y) {
    const std::uint8_t* pixels = page.grey.row(y);
    for (std::size_t x = 0; x < dark.size(); ++x) {
      dark[x] = static_cast<std::uint8_t>(dark[x] + (pixels[x] < threshold ? 1 : 0));
    }
    if (++counted < kMost && y + 1 < page.grey.height && rowOf(y + 1) == rowOf(y)) continue;
    const std::size_t line = static_cast<std::size_t>(rowOf(y)) * static_cast<std::size_t>(columns);
    for (std::size_t x = 0; x < dark.size(); ++x) ink[line + columnOf[x]] += dark[x];
    std::fill(dark.begin(), dark.end(), std::uint8_t{0});
    counted = 0;
  }
  const int enough = std::max(1, static_cast<int>(kInked * cell * cell));
  std::string print = std::to_string(columns) + "x" + std::to_string(rows) + ":";
  for (std::size_t i = 0; i < ink.size(); i += 6) {
    unsigned value = 0;
    for (std::size_t bit = 0; bit < 6 && i + bit < ink.size(); ++bit) {
      if (ink[i + bit] >= enough) value |= 1u << bit;
    }
    print += kLetters[value];
  }
  return print;
}

PrintMatch comparePrints(const std::string& a, const std::string& b) {
  PrintMatch match;
  const auto one = unpack(a), two = unpack(b);
  if (!one || !two) return match;
  constexpr double kSizes = 0.06;  // straightening makes a sheet larger
  if (std::abs(one->columns - two->columns) > kSizes * one->columns ||
      std::abs(one->rows - two->rows) > kSizes * one->rows) {
    return match;
  }
  match.comparable = true;
  const int dx = bestShift(sums(*one, false), sums(*two, false));
  const int dy = bestShift(sums(*one, true), sums(*two, true));
  long ink = 0, apart = 0;
  compare(*one, widened(*two), dx, dy, ink, apart, match.worstPlace);
  compare(*two, widened(*one), -dx, -dy, ink, apart, match.worstPlace);
  match.apart = ink == 0 ? 0 : static_cast<double>(apart) / static_cast<double>(ink);
  return match;
}

}  // namespace sohoa
