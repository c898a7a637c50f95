#include "pdf/changes/cover_judgement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace sohoa {
namespace {

using Colour = std::array<float, 3>;

/// Levels of 255. Two drawings of the same thing are equal; more is another thing.
constexpr int kNoise = 16;
/// Ink differs from its surroundings by at least so much brightness.
constexpr int kInk = 28;
/// Side of the squares whose brightness is that of the paper, and of the tiles that large shapes
/// are judged in; pixels (letters of 10 to 14 points are 10 to 25 high).
constexpr int kBlock = 24, kTile = 16, kLetter = 48;
/// Around a letter, the paper that it is read against.
constexpr int kRing = 3;

/// Of a letter's ink (0: as dark as it was, 1: as its paper).
constexpr float kGone = 0.6f, kFaded = 0.35f;
/// Of its pixels: gone is one tenth (what makes a 3 of an 8), faded most of them.
constexpr float kErasedShare = 0.1f, kFadedShare = 0.6f, kErasedPixels = 2.5f;
/// Of its contrast: less cannot be read.
constexpr float kLegible = 0.3f;
/// Of its contrast: more in the place of a lost letter is something to be read.
constexpr float kSomething = 0.35f;

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
  static Colour colour(const PagePicture& picture, std::size_t pixel) {
    const auto* p = reinterpret_cast<const unsigned char*>(picture.rgb.data()) + 3 * pixel;
    return {static_cast<float>(p[0]), static_cast<float>(p[1]), static_cast<float>(p[2])};
  }
  static int brightness(const PagePicture& picture, std::size_t pixel) {
    const auto* p = reinterpret_cast<const unsigned char*>(picture.rgb.data()) + 3 * pixel;
    return (p[0] * 299 + p[1] * 587 + p[2] * 114) / 1000;
  }
  int difference(std::size_t pixel) const {
    int most = 0;
    for (std::size_t i = 3 * pixel; i < 3 * pixel + 3; ++i) {
      most = std::max(most, std::abs(static_cast<unsigned char>(before_.rgb[i]) -
                                     static_cast<unsigned char>(after_.rgb[i])));
    }
    return most;
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

  /// Finds the letters in and at a place, dark ones and light ones, and judges each.
  void judgePlace(const PixelArea& place) {
    constexpr int kAround = 8;
    area_ = {std::max(0, place.left - kAround), std::max(0, place.top - kAround),
             std::min(before_.width, place.right + kAround),
             std::min(before_.height, place.bottom + kAround)};
    const int w = area_.right - area_.left, h = area_.bottom - area_.top;
    if (w <= 0 || h <= 0) return;
    findPaper(w, h);
    for (const int sign : {1, -1}) {
      std::vector<char> ink(static_cast<std::size_t>(w) * static_cast<std::size_t>(h));
      for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
          const int shade = brightness(before_, at(area_.left + x, area_.top + y));
          ink[static_cast<std::size_t>(y * w + x)] = sign * (paperAt(x, y) - shade) > kInk;
        }
      }
      judgeShapes(ink, w, h);
    }
  }

  /// The paper's brightness in squares: that of the lighter part of each.
  void findPaper(int w, int h) {
    blocksAcross_ = (w + kBlock - 1) / kBlock;
    const int down = (h + kBlock - 1) / kBlock;
    paper_.assign(static_cast<std::size_t>(blocksAcross_ * down), 255);
    for (int by = 0; by < down; ++by) {
      for (int bx = 0; bx < blocksAcross_; ++bx) {
        std::array<int, 256> counts{};
        int all = 0;
        // Wider than the square: a letter in bold fills one.
        for (int y = (by - 1) * kBlock; y < (by + 2) * kBlock; ++y) {
          for (int x = (bx - 1) * kBlock; x < (bx + 2) * kBlock; ++x) {
            const int px = area_.left + x, py = area_.top + y;
            if (px < 0 || py < 0 || px >= before_.width || py >= before_.height) continue;
            ++counts[static_cast<std::size_t>(brightness(before_, at(px, py)))];
            ++all;
          }
        }
        int above = 0, level = 255;
        for (; level > 0; --level) {
          above += counts[static_cast<std::size_t>(level)];
          if (above * 10 >= all * 3) break;
        }
        paper_[static_cast<std::size_t>(by * blocksAcross_ + bx)] = level;
      }
    }
  }
  int paperAt(int x, int y) const {
    return paper_[static_cast<std::size_t>(y / kBlock * blocksAcross_ + x / kBlock)];
  }

  /// Connected shapes, one after another. Large ones are taken apart into tiles.
  void judgeShapes(std::vector<char>& ink, int w, int h) {
    std::vector<std::pair<int, int>> shape, open;
    const std::vector<char> all = ink;
    for (int y0 = 0; y0 < h; ++y0) {
      for (int x0 = 0; x0 < w; ++x0) {
        if (!ink[static_cast<std::size_t>(y0 * w + x0)]) continue;
        shape.clear();
        open.assign(1, {x0, y0});
        ink[static_cast<std::size_t>(y0 * w + x0)] = 0;
        int left = x0, right = x0, top = y0, bottom = y0;
        while (!open.empty()) {
          const auto [x, y] = open.back();
          open.pop_back();
          shape.emplace_back(x, y);
          left = std::min(left, x), right = std::max(right, x);
          top = std::min(top, y), bottom = std::max(bottom, y);
          for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx) {
              const int nx = x + dx, ny = y + dy;
              if (nx < 0 || ny < 0 || nx >= w || ny >= h) continue;
              char& next = ink[static_cast<std::size_t>(ny * w + nx)];
              if (next) next = 0, open.emplace_back(nx, ny);
            }
          }
        }
        constexpr int kRule = 3;  // a rule, a dotted line, the edge of a table: no letters
        const int wide = right - left + 1, high = bottom - top + 1;
        if ((wide <= kRule && high > kLetter) || (high <= kRule && wide > kLetter)) continue;
        if (wide <= kLetter && high <= kLetter) {
          judgeLetter(shape, all, w, h);
          continue;
        }
        std::sort(shape.begin(), shape.end(), [](const auto& a, const auto& b) {
          return std::pair(a.second / kTile, a.first / kTile) <
                 std::pair(b.second / kTile, b.first / kTile);
        });
        for (auto from = shape.begin(); from != shape.end();) {
          const auto to = std::find_if(from, shape.end(), [&](const auto& p) {
            return p.first / kTile != from->first / kTile ||
                   p.second / kTile != from->second / kTile;
          });
          judgeLetter({from, to}, all, w, h);
          from = to;
        }
      }
    }
  }

  static Colour minus(const Colour& a, const Colour& b) {
    return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
  }
  static float dot(const Colour& a, const Colour& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  /// `shape`: its pixels, counted from the corner of the area; `ink`: those of all letters.
  void judgeLetter(const std::vector<std::pair<int, int>>& shape, const std::vector<char>& ink,
                   int w, int h) {
    constexpr std::size_t kSpeck = 3;
    if (shape.size() < kSpeck) return;
    PixelArea box{w, h, 0, 0};
    bool changed = false;
    for (const auto& [x, y] : shape) {
      box.left = std::min(box.left, x), box.right = std::max(box.right, x + 1);
      box.top = std::min(box.top, y), box.bottom = std::max(box.bottom, y + 1);
      changed = changed || difference(at(area_.left + x, area_.top + y)) > kNoise;
    }
    std::vector<std::size_t> letter, ring;
    for (const auto& [x, y] : shape) letter.push_back(at(area_.left + x, area_.top + y));
    for (int y = std::max(0, box.top - kRing); y < std::min(h, box.bottom + kRing); ++y) {
      for (int x = std::max(0, box.left - kRing); x < std::min(w, box.right + kRing); ++x) {
        if (ink[static_cast<std::size_t>(y * w + x)]) continue;
        ring.push_back(at(area_.left + x, area_.top + y));
        changed = changed || difference(ring.back()) > kNoise;
      }
    }
    if (!changed) return;
    const Colour paper = ring.size() >= 4 ? mean(before_, ring) : lightPaper();
    // The darkest half: edges are mixed with paper.
    const Colour dark = darkest(letter, paper);
    const Colour axis = minus(paper, dark);
    const float length2 = dot(axis, axis);
    if (length2 < kInk * kInk) return;
    const auto towardsPaper = [&](const Colour& c) { return dot(minus(c, dark), axis) / length2; };

    float weight = 0, gone = 0, faded = 0, touched = 0, inkNow = 0, ringNow = 0;
    for (const std::size_t pixel : letter) {
      const Colour was = colour(before_, pixel), is = colour(after_, pixel);
      const float then = towardsPaper(was), now = towardsPaper(is);
      const float share = std::clamp(1 - then, 0.0f, 1.0f);
      weight += share;
      inkNow += share * now;
      const Colour fromPaper = minus(is, paper);
      const float off2 = dot(minus(is, dark), minus(is, dark)) - now * now * length2;
      // Lighter, and like paper: no seal's stroke, no pen's.
      if (now >= kGone && now - then > kFaded && dot(fromPaper, fromPaper) < 0.2f * length2) {
        gone += share;
      }
      if (now - then > kFaded && off2 < 0.06f * length2) faded += share;
      if (difference(pixel) > 2 * kNoise) touched += share;
    }
    for (const std::size_t pixel : ring) ringNow += towardsPaper(colour(after_, pixel));
    if (weight <= 0) return;
    inkNow /= weight;
    if (!ring.empty()) ringNow /= static_cast<float>(ring.size());
    const PixelArea onPage{area_.left + box.left, area_.top + box.top, area_.left + box.right,
                           area_.top + box.bottom};
    if ((gone > kErasedShare * weight && gone > kErasedPixels) || faded > kFadedShare * weight) {
      result_.erased = true;
      result_.erasedAreas.push_back(onPage);
      return;
    }
    if (!ring.empty() && ringNow - inkNow < kLegible) {
      letter.insert(letter.end(), ring.begin(), ring.end());
      if (spread(letter) > kSomething * std::sqrt(length2 / 3)) {
        result_.replaced = true;
        result_.erasedAreas.push_back(onPage);
      } else {
        result_.lost = true;
        result_.lostAreas.push_back(onPage);
      }
      return;
    }
    if (touched > 0.15f * weight || ringNow < 0.8f) {
      result_.touched = true;
      touched_.push_back(onPage);
    }
  }

  static Colour mean(const PagePicture& picture, const std::vector<std::size_t>& pixels) {
    Colour sum{};
    for (const std::size_t pixel : pixels) {
      const Colour c = colour(picture, pixel);
      for (std::size_t i = 0; i < 3; ++i) sum[i] += c[i];
    }
    for (float& each : sum) each /= static_cast<float>(pixels.size());
    return sum;
  }

  /// For a shape that fills its surroundings.
  Colour lightPaper() const {
    const auto level = static_cast<float>(*std::max_element(paper_.begin(), paper_.end()));
    return {level, level, level};
  }

  /// The mean of the half that is farthest from the paper.
  Colour darkest(std::vector<std::size_t> pixels, const Colour& paper) const {
    const auto far = [&](std::size_t pixel) {
      const Colour d = minus(colour(before_, pixel), paper);
      return dot(d, d);
    };
    const auto middle = pixels.begin() + static_cast<std::ptrdiff_t>((pixels.size() + 1) / 2);
    std::nth_element(pixels.begin(), middle - 1, pixels.end(),
                     [&](std::size_t a, std::size_t b) { return far(a) > far(b); });
    pixels.erase(middle, pixels.end());
    return mean(before_, pixels);
  }

  /// How much brightness differs now between the light and the dark pixels of a place.
  float spread(const std::vector<std::size_t>& pixels) const {
    std::vector<int> levels;
    for (const std::size_t pixel : pixels) levels.push_back(brightness(after_, pixel));
    std::sort(levels.begin(), levels.end());
    return static_cast<float>(levels[levels.size() * 9 / 10] - levels[levels.size() / 10]);
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
  PixelArea area_;
  int blocksAcross_ = 0;
  std::vector<int> paper_;
  std::vector<PixelArea> touched_;
};

}  // namespace

CoverJudgement judgeCover(const PagePicture& before, const PagePicture& after,
                          const std::vector<PixelArea>& places) {
  return Cover(before, after, places).judge();
}

}  // namespace sohoa
