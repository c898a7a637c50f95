#include "ocr/page/orientation.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "ocr/layout/line_image.h"

namespace sohoa {
namespace {

enum class Marks { upright, inverted, unclear };

Marks marksOf(const Layout& layout) {
  const int above = layout.marksAbove, below = layout.marksBelow;
  if (above + below < 12) return Marks::unclear;
  if (above * 10 > below * 17) return Marks::upright;
  if (below * 10 > above * 17) return Marks::inverted;
  return Marks::unclear;
}

struct Trial {
  double confidence = 0;  ///< mean over letters
  int letters = 0;
};

/// Reads a few of the longest lines.
Trial tryLines(const Sheet& sheet, LineEngine& engine) {
  constexpr std::size_t kLines = 5;
  std::vector<std::pair<const Segment*, int>> segments;
  int number = 0;
  for (const LayoutBlock& block : sheet.layout.blocks) {
    for (const LayoutLine& line : block.lines) {
      for (const Segment& segment : line.segments) segments.emplace_back(&segment, number++);
    }
  }
  const std::size_t count = std::min(kLines, segments.size());
  std::partial_sort(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(count),
                    segments.end(), [](const auto& a, const auto& b) {
                      const int wa = a.first->right - a.first->left;
                      const int wb = b.first->right - b.first->left;
                      return wa != wb ? wa > wb : a.second < b.second;
                    });
  Trial trial;
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const LineImage image = cutLine(sheet.clean.grey, sheet.components, sheet.layout,
                                    *segments[i].first, segments[i].second);
    for (const ReadWord& word : engine.read(image.pixels)) {
      const auto letters = static_cast<int>(word.symbols.size());
      sum += word.confidence * letters;
      trial.letters += letters;
    }
  }
  trial.confidence = trial.letters > 0 ? sum / trial.letters : 0;
  return trial;
}

Orientation bestOf(const CleanPage& flat, const std::vector<int>& rotations, LineEngine& engine) {
  constexpr int kEnoughLetters = 12;
  Sheet best, asScanned;
  Trial bestTrial;
  double second = 0;
  bool any = false;
  for (const int rotation : rotations) {
    Sheet sheet = preparePage(flat, rotation);
    const Trial trial = tryLines(sheet, engine);
    // Upside down or sideways nothing reads like this: the other ways need no trial.
    const bool plain = trial.letters >= 4 * kEnoughLetters && trial.confidence > 0.9;
    if (plain && marksOf(sheet.layout) != Marks::inverted) return {std::move(sheet), true};
    if (rotation == 0) asScanned = sheet;
    const bool better =
        !any || (trial.letters >= kEnoughLetters / 2 && trial.confidence > bestTrial.confidence);
    if (better) {
      second = any ? bestTrial.confidence : 0;
      bestTrial = trial;
      best = std::move(sheet);
      any = true;
    } else {
      second = std::max(second, trial.confidence);
    }
  }
  if (asScanned.clean.grey.empty()) asScanned = preparePage(flat, 0);
  const Marks marks = marksOf(best.layout);
  const bool clear = bestTrial.letters >= kEnoughLetters && bestTrial.confidence > 0.7 &&
                     bestTrial.confidence > second + 0.15;
  if (clear && marks != Marks::inverted) return {std::move(best), true};
  // Upright and readable, only too short to be proved: nothing is turned, nothing is doubtful.
  if (best.rotation == 0 && bestTrial.confidence > 0.8) return {std::move(best), true};
  const bool enoughText = std::max(bestTrial.letters, 0) >= 3 * kEnoughLetters;
  return {std::move(asScanned), !enoughText};
}

}  // namespace

Orientation findOrientation(const CleanPage& flat, LineEngine& engine) {
  const LineDirection direction = lineDirection(flat);
  if (direction == LineDirection::horizontal) {
    Sheet sheet = preparePage(flat, 0);
    if (sheet.layout.blocks.empty()) return {std::move(sheet), true};
    if (marksOf(sheet.layout) == Marks::upright) return {std::move(sheet), true};
    return bestOf(flat, {0, 180}, engine);
  }
  if (direction == LineDirection::vertical) return bestOf(flat, {90, 270}, engine);
  return tryAllOrientations(flat, engine);
}

Orientation tryAllOrientations(const CleanPage& flat, LineEngine& engine) {
  return bestOf(flat, {0, 90, 180, 270}, engine);
}

}  // namespace sohoa
