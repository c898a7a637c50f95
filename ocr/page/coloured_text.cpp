#include "ocr/page/coloured_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocr/image/colour_patches.h"
#include "ocr/language/suspect_word.h"
#include "ocr/layout/line_image.h"

namespace sohoa {
namespace {

/// Edges in decoded pixels.
struct Area {
  int left = 0, top = 0, right = 0, bottom = 0;
};

/// Patches that are as wide as a short word, and no seal.
std::vector<TintPatch> lineLike(const DecodedPage& decoded, const std::vector<PixelBox>& seals) {
  constexpr int kAcross = 6, kUpDown = 1;  // words of a line are one patch, lines are not
  constexpr int kWidth = 12, kCells = 24;  // a word of three letters at 300 dpi
  std::vector<TintPatch> found;
  for (const Plane* tint : {&decoded.red, &decoded.blue}) {
    for (const TintPatch& p : tintPatches(*tint, kAcross, kUpDown)) {
      if (std::max(p.right - p.left, p.bottom - p.top) < kWidth || p.cells < kCells) continue;
      const double x = (p.left + p.right) / 2.0 * kTintCell / decoded.scaleX;
      const double y = (p.top + p.bottom) / 2.0 * kTintCell / decoded.scaleY;
      const bool inSeal = std::any_of(seals.begin(), seals.end(), [&](const PixelBox& s) {
        return x >= s.x && x < s.right() && y >= s.y && y < s.bottom();
      });
      if (!inSeal) found.push_back(p);
    }
  }
  return found;
}

/// Where a stretch of the coloured sheet lies on another plane.
Area areaOf(const Segment& s, const Affine& to) {
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  for (const int x : {s.left, s.right}) {
    for (const int y : {s.top, s.bottom}) {
      left = std::min(left, to.x(x, y));
      right = std::max(right, to.x(x, y));
      top = std::min(top, to.y(x, y));
      bottom = std::max(bottom, to.y(x, y));
    }
  }
  return {static_cast<int>(std::floor(left)) - 2, static_cast<int>(std::floor(top)) - 2,
          static_cast<int>(std::ceil(right)) + 2, static_cast<int>(std::ceil(bottom)) + 2};
}

template <class Visit>
void forSegments(const Layout& layout, Visit visit) {
  int number = 0;
  for (const LayoutBlock& block : layout.blocks) {
    for (const LayoutLine& line : block.lines) {
      for (const Segment& segment : line.segments) visit(segment, number++);
    }
  }
}

bool standsOnText(const Area& area, const Layout& layout) {
  bool covered = false;
  const double size = static_cast<double>(area.right - area.left) * (area.bottom - area.top);
  forSegments(layout, [&](const Segment& s, int) {
    const double across = std::min(area.right, s.right) - std::max(area.left, s.left);
    const double upDown =
        std::min<double>(area.bottom, s.base) - std::max<double>(area.top, s.bandTop());
    covered = covered || (across > 0 && upDown > 0 && across * upDown > 0.25 * size);
  });
  return covered;
}

bool readsLikePrint(const std::vector<ReadWord>& words) {
  double sum = 0, letters = 0, sound = 0;
  for (const ReadWord& word : words) {
    const auto n = static_cast<double>(word.symbols.size());
    sum += word.confidence * n;
    letters += n;
    if (word.confidence > 0.8 && !isSuspect(word.text, 1.0)) sound += n;
  }
  return letters >= 3 && sum > 0.78 * letters && sound > 0.6 * letters;
}

}  // namespace

ColouredInk takeColouredInk(const DecodedPage& decoded, const std::vector<PixelBox>& seals) {
  ColouredInk ink;
  if (decoded.inkFree.empty()) return ink;
  const std::vector<TintPatch> patches = lineLike(decoded, seals);
  if (patches.empty()) return ink;
  constexpr int kAround = 3 * kTintCell;
  Area cut{decoded.seen.width, decoded.seen.height, 0, 0};
  for (const TintPatch& p : patches) {
    cut.left = std::min(cut.left, p.left * kTintCell - kAround);
    cut.top = std::min(cut.top, p.top * kTintCell - kAround);
    cut.right = std::max(cut.right, p.right * kTintCell + kAround);
    cut.bottom = std::max(cut.bottom, p.bottom * kTintCell + kAround);
    ink.cells += p.cells;
  }
  cut = {std::max(cut.left, 0), std::max(cut.top, 0), std::min(cut.right, decoded.seen.width),
         std::min(cut.bottom, decoded.seen.height)};
  ink.left = cut.left;
  ink.top = cut.top;
  ink.plane = Plane(cut.right - cut.left, cut.bottom - cut.top);
  std::fill(ink.plane.pixels.begin(), ink.plane.pixels.end(), std::uint8_t{255});
  for (const TintPatch& p : patches) {
    const int x0 = std::max(p.left * kTintCell - kTintCell, cut.left);
    const int x1 = std::min(p.right * kTintCell + kTintCell, cut.right);
    const int y1 = std::min(p.bottom * kTintCell + kTintCell, cut.bottom);
    for (int y = std::max(p.top * kTintCell - kTintCell, cut.top); y < y1; ++y) {
      const std::uint8_t* seen = decoded.seen.row(y);
      const std::uint8_t* light = decoded.inkFree.row(y);
      std::uint8_t* out = ink.plane.row(y - cut.top);
      for (int x = x0; x < x1; ++x) {
        // How far colour lifts a pixel above its luminance: 0 for black and for paper.
        out[x - cut.left] =
            static_cast<std::uint8_t>(255 - std::min(2 * (light[x] - seen[x]), 255));
      }
    }
  }
  return ink;
}

bool addColouredText(const ColouredInk& ink, const Sheet& sheet, CleanPage& flat,
                     LineEngine& engine) {
  if (ink.plane.empty()) return false;
  const CleanPage coloured = flatten(ink.plane);
  const Sheet cut = preparePage(coloured, sheet.rotation, sheet.skewDegrees);
  const int letter = sheet.layout.letter > 0 ? sheet.layout.letter : cut.layout.letter;
  const Affine toDecoded =
      Affine{1, 0, static_cast<double>(ink.left), 0, 1, static_cast<double>(ink.top)}.after(
          cut.toDecoded);
  const Affine toSheet = sheet.toDecoded.inverse().after(toDecoded);
  bool added = false;
  forSegments(cut.layout, [&](const Segment& s, int number) {
    if (s.letter < 0.6 * letter || s.letter > 3.0 * letter || s.right - s.left < 2 * letter) return;
    if (standsOnText(areaOf(s, toSheet), sheet.layout)) return;
    const LineImage image = cutLine(cut.clean.grey, cut.components, cut.layout, s, number);
    if (!readsLikePrint(engine.read(image.pixels))) return;
    const Area area = areaOf(s, toDecoded);
    for (int y = std::max(area.top, ink.top); y < std::min(area.bottom, ink.top + ink.plane.height);
         ++y) {
      const std::uint8_t* from = coloured.grey.row(y - ink.top);
      std::uint8_t* to = flat.grey.row(y);
      for (int x = std::max(area.left, ink.left);
           x < std::min(area.right, ink.left + ink.plane.width); ++x) {
        to[x] = std::min(to[x], from[x - ink.left]);
      }
    }
    added = true;
  });
  return added;
}

}  // namespace sohoa
