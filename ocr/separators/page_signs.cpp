#include "ocr/separators/page_signs.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ocr/image/decode.h"
#include "ocr/separators/page_codes.h"
#include "ocr/separators/sheet_marks.h"

namespace sohoa {
namespace {

/// Small codes on receipts have modules of half a millimetre: three pixels.
constexpr double kDpi = 150;
constexpr int kBlock = 64;      ///< pixels a side over which paper is taken as evenly lit
constexpr double kInk = 0.6;    ///< of the paper's white: darker is ink, lighter may shine through
constexpr double kFaint = 0.8;  ///< of the paper's white: lighter is paper
constexpr double kBlankInk = 0.0004;
constexpr double kBlankFaint = 0.004;
constexpr double kMarginMm = 8;      ///< edges carry shadows, holes and staples
constexpr double kLargeCodeMm = 40;  ///< side of a QR code that may be a separator sheet's

/// White of the paper around each block: the brightest tenth of it and its neighbours.
Plane whiteOf(const Plane& page) {
  Plane own((page.width + kBlock - 1) / kBlock, (page.height + kBlock - 1) / kBlock);
  for (int by = 0; by < own.height; ++by) {
    for (int bx = 0; bx < own.width; ++bx) {
      std::array<int, 256> counts{};
      int total = 0;
      for (int y = by * kBlock; y < std::min((by + 1) * kBlock, page.height); y += 2) {
        const std::uint8_t* row = page.row(y);
        for (int x = bx * kBlock; x < std::min((bx + 1) * kBlock, page.width); x += 2, ++total)
          ++counts[row[x]];
      }
      int level = 255;
      for (int seen = counts[255]; level > 0 && seen * 10 < total;
           seen += counts[static_cast<std::size_t>(level)])
        --level;
      own.row(by)[bx] = static_cast<std::uint8_t>(level);
    }
  }
  Plane white(own.width, own.height);
  for (int y = 0; y < own.height; ++y) {
    for (int x = 0; x < own.width; ++x) {
      std::uint8_t level = 0;
      for (int ny = std::max(0, y - 1); ny <= std::min(own.height - 1, y + 1); ++ny) {
        for (int nx = std::max(0, x - 1); nx <= std::min(own.width - 1, x + 1); ++nx) {
          level = std::max(level, own.row(ny)[nx]);
        }
      }
      white.row(y)[x] = std::max<std::uint8_t>(level, 40);
    }
  }
  return white;
}

/// Mean of each pixel and its eight neighbours: specks of the scanner go. Edges stay as they are.
Plane smoothed(const Plane& page) {
  Plane out(page.width, page.height);
  std::vector<std::uint16_t> columns(static_cast<std::size_t>(page.width));
  for (int y = 0; y < page.height; ++y) {
    const std::uint8_t* above = page.row(std::max(y - 1, 0));
    const std::uint8_t* row = page.row(y);
    const std::uint8_t* below = page.row(std::min(y + 1, page.height - 1));
    for (int x = 0; x < page.width; ++x) {
      columns[static_cast<std::size_t>(x)] =
          static_cast<std::uint16_t>(above[x] + row[x] + below[x]);
    }
    std::uint8_t* to = out.row(y);
    if (page.width < 3) continue;
    to[0] = row[0];
    to[page.width - 1] = row[page.width - 1];
    for (std::size_t x = 1; x + 1 < columns.size(); ++x) {
      to[x] = static_cast<std::uint8_t>((columns[x - 1] + columns[x] + columns[x + 1]) * 7282 >>
                                        16);  // / 9
    }
  }
  return out;
}

struct Levels {
  Plane dark;      ///< 255 where there is ink
  Plane levelled;  ///< as scanned, with paper and faint print white: what codes are read from
  double ink = 0, faint = 0;  ///< shares of the page within its margins
};

Levels levelsOf(const Plane& page, double dpi) {
  const Plane white = whiteOf(page);
  const Plane smooth = smoothed(page);
  Levels levels{Plane(page.width, page.height), Plane(page.width, page.height), 0, 0};
  const int margin =
      std::min({static_cast<int>(kMarginMm * dpi / 25.4), page.width / 4, page.height / 4});
  std::size_t ink = 0, faint = 0;
  std::vector<std::uint8_t> inkBelow(static_cast<std::size_t>(page.width)),
      faintBelow(inkBelow.size());
  std::vector<std::uint16_t> gain(inkBelow.size());
  for (int y = 0; y < page.height; ++y) {
    if (y % kBlock == 0) {
      for (int x = 0; x < page.width; ++x) {
        const double paper = white.row(y / kBlock)[x / kBlock];
        const auto at = static_cast<std::size_t>(x);
        inkBelow[at] = static_cast<std::uint8_t>(paper * kInk);
        faintBelow[at] = static_cast<std::uint8_t>(paper * kFaint);
        gain[at] = static_cast<std::uint16_t>(255 * 64 / (paper * kFaint));
      }
    }
    const std::uint8_t* from = smooth.row(y);
    const std::uint8_t* raw = page.row(y);
    std::uint8_t* dark = levels.dark.row(y);
    std::uint8_t* levelled = levels.levelled.row(y);
    for (std::size_t x = 0; x < inkBelow.size(); ++x) {
      dark[x] = from[x] < inkBelow[x] ? 255 : 0;
      levelled[x] = static_cast<std::uint8_t>(std::min(raw[x] * gain[x] >> 6, 255));
    }
    if (y < margin || y >= page.height - margin) continue;
    for (int x = margin; x < page.width - margin; ++x) {
      ink += dark[x] != 0 ? 1 : 0;
      faint += from[x] < faintBelow[static_cast<std::size_t>(x)] ? 1 : 0;
    }
  }
  const double pixels =
      std::max(1.0, static_cast<double>(page.width - 2 * margin) * (page.height - 2 * margin));
  levels.ink = static_cast<double>(ink) / pixels;
  levels.faint = static_cast<double>(faint) / pixels;
  return levels;
}

/// Share of the cells with coloured ink: a page with a seal alone is not blank.
bool coloured(const DecodedPage& page) {
  std::size_t cells = 0;
  for (const Plane* plane : {&page.red, &page.blue}) {
    for (const std::uint8_t cell : plane->pixels) cells += cell >= 60 ? 1 : 0;
  }
  return cells * 1000 > page.red.pixels.size();
}

}  // namespace

Result<PageSigns> findSigns(const PageImage& image) {
  const auto page = decodePage(image, kDpi);
  if (!page) return page.error();
  // Coloured ink is light here: a seal over the code does not hide it.
  const Plane& plane = page->text();
  const double dpi = image.xDpi > 0 ? image.xDpi * page->scaleX : kDpi;
  const Levels levels = levelsOf(plane, dpi);
  PageSigns signs;
  FoundCodes codes = findCodes(levels.levelled);
  const auto marks = findMarks(levels.dark, dpi);
  signs.marks = static_cast<int>(marks.size());
  signs.sheetMarks = marksInPlace(marks) >= 3;
  // A sheet by its marks: its code deserves a second look, at the ink alone and as the eye sees it.
  if (signs.sheetMarks && codes.texts.empty()) {
    Plane ink = levels.dark;
    for (std::uint8_t& pixel : ink.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
    codes.texts = findCodes(ink).texts;
    if (codes.texts.empty()) codes.texts = findCodes(page->seen).texts;
  }
  signs.codes = std::move(codes.texts);
  signs.damagedCode = codes.largestDamaged > kLargeCodeMm * dpi / 25.4;
  signs.inkShare = levels.ink;
  signs.blank = levels.ink < kBlankInk && levels.faint < kBlankFaint && !coloured(*page) &&
                signs.codes.empty() && signs.marks == 0;
  return signs;
}

}  // namespace sohoa
