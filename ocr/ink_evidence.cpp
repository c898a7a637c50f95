#include "ocr/ink_evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "ocr/syllable.h"

namespace sohoa {
namespace {

class InkReader {
 public:
  InkReader(const Sheet& sheet, const Segment& segment, LineEngine& engine)
      : sheet_(sheet), segment_(segment), engine_(engine) {}

  void run(std::vector<PlacedWord>& words) {
    joinRaised(words);
    for (std::size_t i = 0; i < words.size(); ++i) {
      raisedDigit(words[i]);
      if (i == 0) romanNumber(words[i]);
      smallLetters(words[i]);
      stopOrComma(words[i]);
    }
  }

 private:
  const Component& at(int part) const {
    return sheet_.components.all[static_cast<std::size_t>(part)];
  }

  /// A digit's ink: smaller than other digits and clear of the baseline.
  bool isRaised(const Component& c) const {
    const double letter = segment_.letter;
    return c.height() > 0.5 * letter && c.height() < 1.1 * letter && c.width() > 0.3 * letter &&
           c.width() < 0.85 * letter && c.bottom < segment_.base - 0.3 * letter &&
           c.top < segment_.bandTop() - 0.1 * letter;
  }

  /// No other ink of the word below it: diacritics stand above their letters.
  bool standsAlone(const PlacedWord& word, int part) const {
    const Component& c = at(part);
    return std::none_of(word.parts.begin(), word.parts.end(), [&](int other) {
      const Component& o = at(other);
      return other != part &&
             std::min(o.right, c.right) - std::max(o.left, c.left) > 0.4 * c.width() &&
             o.bottom > c.bottom;
    });
  }

  std::optional<int> raisedPart(const PlacedWord& word) const {
    std::optional<int> found;
    for (const int part : word.parts) {
      if (isRaised(at(part)) && standsAlone(word, part)) found = part;
    }
    return found;
  }

  /// Reads one component alone, at twice its size: small digits drown in a line.
  std::u32string readAlone(int part) {
    const Component& c = at(part);
    constexpr int kMargin = 5, kZoom = 2;
    Plane image((c.width() + 2 * kMargin) * kZoom, (c.height() + 2 * kMargin) * kZoom);
    std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t{255});
    const Plane& grey = sheet_.clean.grey;
    for (int y = 0; y < image.height; ++y) {
      for (int x = 0; x < image.width; ++x) {
        const int sx = c.left + x / kZoom - kMargin, sy = c.top + y / kZoom - kMargin;
        if (sx < c.left - 1 || sx > c.right || sy < c.top - 1 || sy > c.bottom) continue;
        if (sx < 0 || sy < 0 || sx >= grey.width || sy >= grey.height) continue;
        image.row(y)[x] = grey.row(sy)[sx];
      }
    }
    const std::vector<ReadWord> read = engine_.read(image);
    return read.empty() ? std::u32string() : toCodePoints(read.front().text);
  }

  /// "m 2" with a raised 2: one word that the model took for two.
  void joinRaised(std::vector<PlacedWord>& words) {
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::string& before = words[i - 1].read.text;
      const bool unit = before == "m" || before == "km" || before == "(m" || before.ends_with("0m");
      const std::u32string text = toCodePoints(words[i].read.text);
      if (!unit || text.empty() || text.size() > 3 || !raisedPart(words[i])) continue;
      PlacedWord& first = words[i - 1];
      first.read.text += words[i].read.text;
      first.read.confidence = std::min(first.read.confidence, words[i].read.confidence);
      first.read.right = words[i].read.right;
      for (const ReadSymbol& s : words[i].read.symbols) first.read.symbols.push_back(s);
      first.parts.insert(first.parts.end(), words[i].parts.begin(), words[i].parts.end());
      first.right = std::max(first.right, words[i].right);
      first.top = std::min(first.top, words[i].top);
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  void raisedDigit(PlacedWord& word) {
    std::u32string text = toCodePoints(word.read.text);
    for (std::size_t m = 0; m < text.size(); ++m) {
      if (text[m] != U'm') continue;
      const bool startsUnit = m == 0 || text[m - 1] == U'k' || text[m - 1] == U'(' ||
                              (text[m - 1] >= U'0' && text[m - 1] <= U'9');
      char32_t after = m + 1 < text.size() ? text[m + 1] : U' ';
      if (!startsUnit || takeApart(after).known) continue;
      const std::optional<int> part = raisedPart(word);
      if (!part) return;
      // The model may have passed over the digit altogether: "m," for "m²,".
      if (std::u32string_view(U" /,.;:)").find(after) != std::u32string_view::npos) {
        text.insert(m + 1, 1, U'?');
        after = U' ';
      }
      const std::u32string alone = readAlone(*part);
      const char32_t digit =
          !alone.empty() && (alone[0] == U'2' || alone[0] == U'3') ? alone[0] : after;
      if (digit == U'2') text[m + 1] = U'²';
      if (digit == U'3') text[m + 1] = U'³';
      if (after == U' ' && digit != U'2' && digit != U'3') return;
      word.read.text = toUtf8(text);
      return;
    }
    // "múi chiếu 3°": a raised ring after a digit.
    const std::size_t last = text.find_last_of(U"90o°");
    if (last == std::u32string::npos || last == 0 || text[last - 1] < U'0' || text[last - 1] > U'9')
      return;
    const std::optional<int> part = raisedPart(word);
    if (!part) return;
    const Component& c = at(*part);
    if (c.height() > 0.85 * segment_.letter || std::abs(c.width() - c.height()) > 0.25 * c.height())
      return;
    text[last] = U'°';
    word.read.text = toUtf8(text);
  }

  struct Extent {
    int left = 1 << 30, right = 0, strokes = 0;
  };

  /// Ink of a component in the rows [from, to) of its height, as shares.
  Extent extent(const Component& c, double from, double to) const {
    Extent e;
    const int y0 = c.top + static_cast<int>(c.height() * from);
    const int y1 = std::max(c.top + static_cast<int>(c.height() * to), y0 + 1);
    const int middle = (y0 + y1) / 2;
    for (int i = 0; i < c.runs; ++i) {
      const Run& run = sheet_.components.runs[static_cast<std::size_t>(c.firstRun + i)];
      if (run.y < y0 || run.y >= y1) continue;
      e.left = std::min(e.left, run.x0);
      e.right = std::max(e.right, run.x1);
      e.strokes += run.y == middle ? 1 : 0;
    }
    return e;
  }

  /// How many capital I with serifs a component shows (they may touch); 0 when it shows others.
  int romanStrokes(const Component& c) const {
    const Extent top = extent(c, 0.0, 0.12), middle = extent(c, 0.4, 0.6),
                 foot = extent(c, 0.88, 1.0);
    if (middle.strokes < 1 || middle.strokes > 3) return 0;
    const double serif = 0.06 * c.height();
    const bool serifs = middle.left - top.left > serif && top.right - middle.right > serif &&
                        middle.left - foot.left > serif && foot.right - middle.right > serif;
    if (!serifs) return 0;
    // A capital H has two strokes as well, and a bar where I has none.
    const double stride = static_cast<double>(c.width()) / middle.strokes;
    if (stride > 0.75 * c.height()) return 0;
    const Extent bar = extent(c, 0.3, 0.7);
    if (bar.right - bar.left > middle.right - middle.left + 2) return 0;
    for (int i = 0; i < c.runs; ++i) {
      const Run& run = sheet_.components.runs[static_cast<std::size_t>(c.firstRun + i)];
      const double share = static_cast<double>(run.y - c.top) / c.height();
      if (share > 0.25 && share < 0.75 && run.length() > 0.55 * stride &&
          run.length() > 0.3 * c.height())
        return 0;
    }
    return middle.strokes;
  }

  /// "I.", "II.", "III." that begin a line.
  void romanNumber(PlacedWord& word) {
    const std::u32string text = toCodePoints(word.read.text);
    if (text.size() < 2 || text.size() > 5 || text.back() != U'.') return;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      if (std::u32string_view(U"1IlLHi|T").find(text[i]) == std::u32string_view::npos) return;
    }
    int strokes = 0;
    for (const int part : word.parts) {
      const Component& c = at(part);
      if (c.height() < 0.7 * segment_.letter) continue;
      const int found = romanStrokes(c);
      if (found == 0) return;
      strokes += found;
    }
    if (strokes < 1 || strokes > 3) return;
    word.read.text = std::string(static_cast<std::size_t>(strokes), 'I') + ".";
  }

  /// The stem of an i with what stands above and below it.
  struct Stem {
    const Component* above = nullptr;
    const Component* below = nullptr;
    double height = 0;
  };

  /// The network's places are a letter off at times: the nearest stem counts.
  std::optional<Stem> stemNear(const PlacedWord& word, const ReadSymbol& symbol) const {
    const double x = word.imageLeft + (symbol.left + symbol.right) / 2;
    std::optional<Stem> best;
    double bestDistance = 1.6 * segment_.letter;
    for (const int part : word.parts) {
      const Component& c = at(part);
      if (c.width() > 0.6 * segment_.letter || c.height() < 0.75 * segment_.letter ||
          c.height() > 1.3 * segment_.letter || std::abs(c.centreX() - x) > bestDistance) {
        continue;
      }
      Stem stem;
      stem.height = c.height();
      for (const int other : word.parts) {
        const Component& o = at(other);
        if (other == part || o.centreX() < c.left - 2 || o.centreX() > c.right + 3) continue;
        if (o.bottom <= c.top + 1) stem.above = &o;
        if (o.top >= c.bottom - 1) stem.below = &o;
      }
      if (stem.above == nullptr) continue;
      best = stem;
      bestDistance = std::abs(c.centreX() - x);
    }
    return best;
  }

  /// A letter with a tail below the baseline.
  const Component* tailNear(const PlacedWord& word, const ReadSymbol& symbol) const {
    const double x = word.imageLeft + (symbol.left + symbol.right) / 2;
    const Component* best = nullptr;
    double bestDistance = 1.6 * segment_.letter;
    for (const int part : word.parts) {
      const Component& c = at(part);
      if (c.bottom < segment_.base + 0.2 * segment_.letter || c.height() < segment_.letter)
        continue;
      if (std::abs(c.centreX() - x) > bestDistance) continue;
      best = &c;
      bestDistance = std::abs(c.centreX() - x);
    }
    return best;
  }

  bool isDot(const Component& c) const {
    const double wide = c.width(), high = c.height();
    return high < 0.4 * segment_.letter && high < 1.3 * wide && wide < 1.4 * high &&
           c.area > 0.68 * wide * high;
  }

  void smallLetters(PlacedWord& word) {
    std::u32string text = toCodePoints(word.read.text);
    if (text.size() != word.read.symbols.size()) return;
    bool changed = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const LetterParts letter = takeApart(text[i]);
      if (letter.base != U'i' && letter.base != U'y') continue;
      if (text[i] == U'ỉ' || (text[i] == U'Ị' && i > 0)) {
        const std::optional<Stem> stem = stemNear(word, word.read.symbols[i]);
        // The hook of ỉ is half as high again as the dot, also where noise has filled it.
        if (!stem || !isDot(*stem->above) || stem->above->height() > 0.27 * stem->height) continue;
        if (text[i] == U'ỉ' && stem->below == nullptr) {
          text[i] = U'i';
          changed = true;
        } else if (text[i] == U'Ị' && stem->below != nullptr) {
          text[i] = U'ị';
          changed = true;
        }
      } else if (letter.base == U'y' && letter.tone == 0 && i + 1 == text.size() && i > 0) {
        // The model has no ỵ: its dot stands right below the tail or beside it.
        const Component* body = tailNear(word, word.read.symbols[i]);
        if (body == nullptr) continue;
        for (const int part : word.parts) {
          const Component& c = at(part);
          if (c.top >= segment_.base + 1 && isDot(c) && c.width() > 0.12 * segment_.letter &&
              c.centreX() > body->left - 1 && c.centreX() < body->right + 0.2 * segment_.letter) {
            text[i] = letter.upper ? U'Ỵ' : U'ỵ';
            changed = true;
            break;
          }
        }
      }
    }
    if (changed) word.read.text = toUtf8(text);
  }

  /// A full stop stands on the baseline, a comma hangs below it.
  void stopOrComma(PlacedWord& word) const {
    std::string& text = word.read.text;
    if (text.size() < 2 || (text.back() != '.' && text.back() != ',') || word.parts.empty()) return;
    const Component* last = nullptr;
    for (const int part : word.parts) {
      const Component& c = at(part);
      if (last == nullptr || c.right > last->right) last = &c;
    }
    if (last->height() > 0.75 * segment_.letter ||
        last->top < segment_.base - 0.5 * segment_.letter)
      return;
    const bool hangs = last->bottom > segment_.base + 0.16 * segment_.letter &&
                       last->height() > 1.35 * last->width();
    if (text.back() == ',' && !hangs && isDot(*last) &&
        last->bottom < segment_.base + 0.1 * segment_.letter) {
      text.back() = '.';
    } else if (text.back() == '.' && hangs) {
      text.back() = ',';
    }
  }

  const Sheet& sheet_;
  const Segment& segment_;
  LineEngine& engine_;
};

}  // namespace

void readByInk(const Sheet& sheet, const Segment& segment, std::vector<PlacedWord>& words,
               LineEngine& engine) {
  InkReader(sheet, segment, engine).run(words);
}

}  // namespace sohoa
