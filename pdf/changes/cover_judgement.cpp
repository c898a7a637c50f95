#include "pdf/changes/cover_judgement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "pdf/changes/ink_shapes.h"

namespace sohoa {
namespace {

using Colour = std::array<float, 3>;
using Shape = InkShapes::Shape;

/// Levels of 255. Two drawings of the same thing are equal; more is another thing.
constexpr int kNoise = 16;
/// Less is no contrast at all.
constexpr float kContrast = 28;
/// A colour that differs less from the paper's in each channel looks like paper.
constexpr float kLikePaper = 80;
/// Around a letter, the paper that it is read against; pixels.
constexpr int kRing = 3;

/// Of a letter's ink (0: as dark as it was, 1: as its paper).
constexpr float kGone = 0.6f, kFaded = 0.35f;
/// Of its pixels: gone is one tenth (what makes a 3 of an 8), faded most of them.
constexpr float kErasedShare = 0.1f, kFadedShare = 0.6f, kErasedPixels = 2.5f;
/// Of its contrast: less cannot be read.
constexpr float kLegible = 0.3f;

Colour minus(const Colour& a, const Colour& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
float dot(const Colour& a, const Colour& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
float largest(const Colour& c) {
  return std::max({std::abs(c[0]), std::abs(c[1]), std::abs(c[2])});
}

Colour colourOf(const PagePicture& picture, std::size_t pixel) {
  const auto* p = reinterpret_cast<const unsigned char*>(picture.rgb.data()) + 3 * pixel;
  return {static_cast<float>(p[0]), static_cast<float>(p[1]), static_cast<float>(p[2])};
}

Colour meanOf(const PagePicture& picture, const std::vector<std::size_t>& pixels) {
  Colour sum{};
  for (const std::size_t pixel : pixels) {
    const Colour c = colourOf(picture, pixel);
    for (std::size_t i = 0; i < 3; ++i) sum[i] += c[i];
  }
  for (float& each : sum) each /= static_cast<float>(pixels.size());
  return sum;
}

/// How far the edges of two letters of one line and size may be apart; pixels.
double toleranceOf(const PixelArea& letter) {
  return std::max(1.5, 0.15 * (letter.bottom - letter.top));
}

/// The letter `now` stands where `lost` stood, on the same line and of the same height.
bool standsFor(const PixelArea& now, const PixelArea& lost) {
  const double tolerance = toleranceOf(lost);
  const int across = std::min(now.right, lost.right) - std::max(now.left, lost.left);
  return std::abs(now.top - lost.top) <= tolerance &&
         std::abs(now.bottom - lost.bottom) <= tolerance &&
         10 * across >= 3 * std::min(now.right - now.left, lost.right - lost.left);
}

class Cover {
 public:
  Cover(const PagePicture& before, const PagePicture& after, const std::vector<PixelArea>& places)
      : before_(before), after_(after), places_(places) {}

  CoverJudgement judge() {
    if (before_.width != after_.width || before_.height != after_.height ||
        before_.rgb.size() != after_.rgb.size()) {
      result_.drawnElsewhere = true;
      return result_;
    }
    lookElsewhere();
    for (const PixelArea& place : places_) judgePlace(place);
    name(touched_, result_.touchedWords);
    name(result_.lostAreas, result_.lostWords);
    name(result_.erasedAreas, result_.erasedWords);
    return result_;
  }

 private:
  std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(before_.width) +
           static_cast<std::size_t>(x);
  }
  int difference(std::size_t pixel) const {
    return static_cast<int>(largest(minus(colourOf(before_, pixel), colourOf(after_, pixel))));
  }

  void lookElsewhere() {
    int changed = 0;
    for (int y = 0; y < before_.height; ++y) {
      const std::size_t row = 3 * at(0, y), bytes = 3 * static_cast<std::size_t>(before_.width);
      if (before_.rgb.compare(row, bytes, after_.rgb, row, bytes) == 0) continue;
      for (int x = 0; x < before_.width; ++x) {
        if (difference(at(x, y)) <= kNoise) continue;
        const bool inside = std::any_of(places_.begin(), places_.end(), [&](const PixelArea& p) {
          constexpr int kEdge = 2;  // a line drawn on the edge
          return x >= p.left - kEdge && x < p.right + kEdge && y >= p.top - kEdge &&
                 y < p.bottom + kEdge;
        });
        changed += inside ? 0 : 1;
      }
    }
    constexpr int kFew = 3;
    result_.drawnElsewhere = changed > kFew;
  }

  /// Judges each letter in and at a place.
  void judgePlace(const PixelArea& place) {
    constexpr int kAround = 8;
    const PixelArea area{std::max(0, place.left - kAround), std::max(0, place.top - kAround),
                         std::min(before_.width, place.right + kAround),
                         std::min(before_.height, place.bottom + kAround)};
    const InkShapes letters(before_, area);
    std::vector<PixelArea> lost;
    for (const Shape& letter : letters.shapes()) judgeLetter(letter, letters, area, lost);
    judgeLost(lost);
  }

  void judgeLetter(const Shape& shape, const InkShapes& letters, const PixelArea& area,
                   std::vector<PixelArea>& lost) {
    const PixelArea& box = shape.box;
    std::vector<std::size_t> letter, ring;
    bool changed = false;
    const auto take = [&](std::vector<std::size_t>& into, int x, int y) {
      into.push_back(at(x, y));
      changed = changed || difference(into.back()) > kNoise;
    };
    for (const auto& [x, y] : shape.pixels) take(letter, x, y);
    for (int y = std::max(area.top, box.top - kRing); y < std::min(area.bottom, box.bottom + kRing);
         ++y) {
      for (int x = std::max(area.left, box.left - kRing);
           x < std::min(area.right, box.right + kRing); ++x) {
        if (!letters.isInk(x, y)) take(ring, x, y);
      }
    }
    if (!changed) return;
    constexpr std::size_t kEnough = 4;
    const auto light = static_cast<float>(letters.lightest());
    const Colour paper =
        ring.size() >= kEnough ? meanOf(before_, ring) : Colour{light, light, light};
    // The darkest half: edges are mixed with paper.
    const Colour dark = darkest(letter, paper);
    const Colour axis = minus(paper, dark);
    const float length2 = dot(axis, axis);
    if (length2 < kContrast * kContrast) return;
    const auto towardsPaper = [&](const Colour& c) { return dot(minus(c, dark), axis) / length2; };

    float weight = 0, gone = 0, faded = 0, touched = 0, inkNow = 0, ringNow = 0;
    for (const std::size_t pixel : letter) {
      const Colour is = colourOf(after_, pixel);
      const float then = towardsPaper(colourOf(before_, pixel)), now = towardsPaper(is);
      const float share = std::clamp(1 - then, 0.0f, 1.0f);
      weight += share;
      inkNow += share * now;
      const float aside2 = dot(minus(is, dark), minus(is, dark)) - now * now * length2;
      // Lighter, and like paper: no seal's stroke, no pen's.
      if (now >= kGone && now - then > kFaded && largest(minus(is, paper)) < kLikePaper) {
        gone += share;
      }
      constexpr float kAside = 0.06f;  // a colour of its own leads away from ink and paper
      if (now - then > kFaded && aside2 < kAside * length2) faded += share;
      if (difference(pixel) > 2 * kNoise) touched += share;
    }
    if (weight <= 0) return;
    inkNow /= weight;
    for (const std::size_t pixel : ring) ringNow += towardsPaper(colourOf(after_, pixel));
    if (!ring.empty()) ringNow /= static_cast<float>(ring.size());
    if ((gone > kErasedShare * weight && gone > kErasedPixels) || faded > kFadedShare * weight) {
      result_.erased = true;
      result_.erasedAreas.push_back(box);
    } else if (!ring.empty() && ringNow - inkNow < kLegible) {
      lost.push_back(box);
    } else if (constexpr float kSome = 0.15f, kShaded = 0.8f;
               touched > kSome * weight || ringNow < kShaded) {
      result_.touched = true;
      touched_.push_back(box);
    }
  }

  /// Letters that vanished under a colour of its own: a seal's star, or the ground of other words?
  /// Those stand on the line of the lost ones; what lies across by chance does not.
  void judgeLost(const std::vector<PixelArea>& lost) {
    std::vector<char> replaced;
    for (const PixelArea& box : lost) {
      const int high = box.bottom - box.top;
      // Narrow: the ground of the other words may not be much higher than they are.
      const int margin = static_cast<int>(toleranceOf(box)) + 2;
      const PixelArea around{std::max(0, box.left - high), std::max(0, box.top - margin),
                             std::min(after_.width, box.right + high),
                             std::min(after_.height, box.bottom + margin)};
      const auto now = shapesIn(after_, around);
      replaced.push_back(std::any_of(now.begin(), now.end(), [&](const Shape& shape) {
        // What goes beyond is no letter of this line.
        const bool inside = shape.box.top > around.top && shape.box.bottom < around.bottom &&
                            shape.box.left > around.left && shape.box.right < around.right;
        return inside && standsFor(shape.box, box) && isNew(shape) && standsOnOneGround(shape);
      }));
    }
    for (std::size_t i = 0; i < lost.size(); ++i) {
      // With its neighbours of the line.
      const int near = 3 * (lost[i].bottom - lost[i].top);
      int all = 0, shown = 0;
      for (std::size_t k = 0; k < lost.size(); ++k) {
        const bool line = lost[k].top < lost[i].bottom && lost[i].top < lost[k].bottom;
        if (!line || lost[k].left > lost[i].right + near || lost[k].right < lost[i].left - near) {
          continue;
        }
        ++all;
        shown += replaced[k];
      }
      if (2 * shown >= all) {
        result_.replaced = true;
        result_.erasedAreas.push_back(lost[i]);
      } else {
        result_.lost = true;
        result_.lostAreas.push_back(lost[i]);
      }
    }
  }

  /// Drawn later: no part of an old letter that is still to be seen.
  bool isNew(const Shape& shape) const {
    const auto changed =
        std::count_if(shape.pixels.begin(), shape.pixels.end(),
                      [&](const auto& p) { return difference(at(p.first, p.second)) > kNoise; });
    return 10 * static_cast<std::size_t>(changed) >= 6 * shape.pixels.size();
  }

  /// Above and below it is one colour, and it is another: words have a ground, what a mark's edges
  /// leave between them has not.
  bool standsOnOneGround(const Shape& shape) const {
    std::vector<std::size_t> ground, letter;
    constexpr int kRows = 2;
    for (const int y0 : {shape.box.top - kRows - 1, shape.box.bottom + 1}) {
      for (int y = std::max(0, y0); y < std::min(after_.height, y0 + kRows); ++y) {
        for (int x = shape.box.left; x < shape.box.right; ++x) ground.push_back(at(x, y));
      }
    }
    for (const auto& [x, y] : shape.pixels) letter.push_back(at(x, y));
    if (ground.empty() || letter.empty()) return false;
    const Colour colour = meanOf(after_, ground);
    constexpr float kAlike = 40;
    const auto alike = std::count_if(ground.begin(), ground.end(), [&](std::size_t pixel) {
      return largest(minus(colourOf(after_, pixel), colour)) < kAlike;
    });
    return 10 * static_cast<std::size_t>(alike) >= 9 * ground.size() &&
           largest(minus(meanOf(after_, letter), colour)) > kAlike;
  }

  /// The mean of the half that is farthest from the paper.
  Colour darkest(std::vector<std::size_t> pixels, const Colour& paper) const {
    const auto far = [&](std::size_t pixel) {
      const Colour d = minus(colourOf(before_, pixel), paper);
      return dot(d, d);
    };
    const auto middle = pixels.begin() + static_cast<std::ptrdiff_t>((pixels.size() + 1) / 2);
    std::nth_element(pixels.begin(), middle - 1, pixels.end(),
                     [&](std::size_t a, std::size_t b) { return far(a) > far(b); });
    pixels.erase(middle, pixels.end());
    return meanOf(before_, pixels);
  }

  /// The words of the page's text that the boxes of letters lie in, each once.
  void name(const std::vector<PixelArea>& boxes, std::vector<std::string>& words) const {
    for (const PagePicture::Word& word : before_.words) {
      const bool met = std::any_of(boxes.begin(), boxes.end(), [&](const PixelArea& box) {
        const int x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
        return x >= word.area.left && x < word.area.right && y >= word.area.top &&
               y < word.area.bottom;
      });
      if (met) words.push_back(word.text);
    }
  }

  const PagePicture &before_, &after_;
  const std::vector<PixelArea>& places_;
  CoverJudgement result_;
  std::vector<PixelArea> touched_;
};

}  // namespace

CoverJudgement judgeCover(const PagePicture& before, const PagePicture& after,
                          const std::vector<PixelArea>& places) {
  return Cover(before, after, places).judge();
}

}  // namespace sohoa
