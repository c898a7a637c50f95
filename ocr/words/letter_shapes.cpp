#include "ocr/words/letter_shapes.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "ocr/language/syllable.h"

namespace sohoa {
namespace {

/// The hook of ỉ is half as high again as the dot of i, which is a fifth to a quarter of the stem.
constexpr double kDotShare = 0.27;

/// Not a hook: small, or, in bold faces, as wide below as above (a hook ends in a stroke: 0.9 of
/// its head at most where it fills as much of its box).
bool isRoundDot(const InkView& ink, const Component& mark, double stem) {
  if (!ink.isDot(mark)) return false;
  const auto head = ink.extent(mark, 0, 0.34), foot = ink.extent(mark, 0.6, 1);
  return mark.height() <= kDotShare * stem || foot.right - foot.left >= head.right - head.left;
}

/// The stem of an i with what stands above and below it.
struct Stem {
  const Component* above = nullptr;
  const Component* below = nullptr;
  double height = 0;
};

/// The network's places are a letter off at times: the nearest stem counts.
std::optional<Stem> stemNear(const InkView& ink, const PlacedWord& word, const ReadSymbol& symbol) {
  const double x = word.imageLeft + (symbol.left + symbol.right) / 2;
  std::optional<Stem> best;
  double bestDistance = 1.6 * ink.letter();
  for (const int part : word.parts) {
    const Component& c = ink.at(part);
    if (c.width() > 0.6 * ink.letter() || c.height() < 0.75 * ink.letter() ||
        c.height() > 1.3 * ink.letter() || std::abs(c.centreX() - x) > bestDistance) {
      continue;
    }
    Stem stem;
    stem.height = c.height();
    for (const int other : word.parts) {
      const Component& o = ink.at(other);
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

/// The only mark over the letters near a symbol: the stem below it touches its neighbours.
const Component* markNear(const InkView& ink, const PlacedWord& word, const ReadSymbol& symbol) {
  const double x = word.imageLeft + (symbol.left + symbol.right) / 2;
  const Component* found = nullptr;
  for (const int part : word.parts) {
    const Component& c = ink.at(part);
    const bool over = c.bottom < ink.base() - 0.95 * ink.letter();
    if (!over || std::abs(c.centreX() - x) > 1.2 * ink.letter()) continue;
    if (found != nullptr) return nullptr;
    found = &c;
  }
  return found;
}

/// A syllable has one tone: a dot below the y of "ỦY" is the next line's.
bool hasTone(const std::u32string& text) {
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return takeApart(c).tone != 0; });
}

/// Nothing but signs from there on.
bool endsLetters(const std::u32string& text, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    if (std::u32string_view(U".,;:)”").find(text[i]) == std::u32string_view::npos) return false;
  }
  return true;
}

/// A letter with a tail below the baseline.
const Component* tailNear(const InkView& ink, const PlacedWord& word, const ReadSymbol& symbol) {
  const double x = word.imageLeft + (symbol.left + symbol.right) / 2;
  const Component* best = nullptr;
  double bestDistance = 1.6 * ink.letter();
  for (const int part : word.parts) {
    const Component& c = ink.at(part);
    if (c.bottom < ink.base() + 0.2 * ink.letter() || c.height() < ink.letter()) continue;
    if (std::abs(c.centreX() - x) > bestDistance) continue;
    best = &c;
    bestDistance = std::abs(c.centreX() - x);
  }
  return best;
}

/// "Amonl": one stem with a dot more than letters with one, and one l, which is no syllable's end.
bool readLastStem(const InkView& ink, const PlacedWord& word, std::u32string& text) {
  if (text.size() < 3 || text.back() != U'l') return false;
  std::ptrdiff_t stems = 0;
  for (const int part : word.parts) {
    const Component& mark = ink.at(part);
    if (!ink.isDot(mark) || mark.bottom > ink.base() - 0.6 * ink.letter()) continue;
    stems += std::any_of(word.parts.begin(), word.parts.end(), [&](int other) {
      const Component& c = ink.at(other);
      return other != part && c.top >= mark.bottom - 1 && c.height() < 1.3 * ink.letter() &&
             c.width() < 0.6 * ink.letter() && mark.centreX() > c.left - 2 &&
             mark.centreX() < c.right + 3 && isRoundDot(ink, mark, c.height());
    });
  }
  const std::ptrdiff_t read = std::count_if(
      text.begin(), text.end(), [](char32_t c) { return c == U'i' || c == U'ị' || c == U'j'; });
  if (stems != read + 1) return false;
  text.back() = U'i';
  return true;
}

}  // namespace

void readRomanNumber(const InkView& ink, PlacedWord& word) {
  const std::u32string text = toCodePoints(word.read.text);
  if (text.size() < 2 || text.size() > 5 || text.back() != U'.') return;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (std::u32string_view(U"1IlLHi|T").find(text[i]) == std::u32string_view::npos) return;
  }
  int strokes = 0;
  for (const int part : word.parts) {
    const Component& c = ink.at(part);
    if (c.height() < 0.7 * ink.letter()) continue;
    const int found = ink.romanStrokes(c);
    if (found == 0) return;
    strokes += found;
  }
  if (strokes < 1 || strokes > 3) return;
  word.read.text = std::string(static_cast<std::size_t>(strokes), 'I') + ".";
}

void readSmallLetters(const InkView& ink, PlacedWord& word) {
  std::u32string text = toCodePoints(word.read.text);
  bool changed = readLastStem(ink, word, text);
  if (changed) word.read.text = toUtf8(text);
  if (text.size() != word.read.symbols.size()) return;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const LetterParts letter = takeApart(text[i]);
    if (letter.base != U'i' && letter.base != U'y') continue;
    if (text[i] == U'ỉ' || (text[i] == U'Ị' && i > 0)) {
      std::optional<Stem> stem = stemNear(ink, word, word.read.symbols[i]);
      if (!stem) {
        stem = Stem{markNear(ink, word, word.read.symbols[i]), nullptr, ink.letter()};
        if (stem->above == nullptr) continue;
      }
      if (!isRoundDot(ink, *stem->above, stem->height)) continue;
      if (text[i] == U'ỉ' && stem->below == nullptr) {
        text[i] = U'i';
        changed = true;
      } else if (text[i] == U'Ị' && stem->below != nullptr) {
        text[i] = U'ị';
        changed = true;
      }
    } else if (letter.base == U'y' && i > 0 && endsLetters(text, i + 1) && !hasTone(text)) {
      // The model has no ỵ: its dot stands right below the tail or beside it.
      const Component* body = tailNear(ink, word, word.read.symbols[i]);
      if (body == nullptr) continue;
      for (const int part : word.parts) {
        const Component& c = ink.at(part);
        if (c.top >= ink.base() + 1 && ink.isDot(c) && c.width() > 0.12 * ink.letter() &&
            c.centreX() > body->left - 1 && c.centreX() < body->right + 0.2 * ink.letter()) {
          text[i] = letter.upper ? U'Ỵ' : U'ỵ';
          changed = true;
          break;
        }
      }
    }
  }
  if (changed) word.read.text = toUtf8(text);
}

void readStopOrComma(const InkView& ink, PlacedWord& word) {
  std::string& text = word.read.text;
  if (text.size() < 2 || (text.back() != '.' && text.back() != ',') || word.parts.empty()) return;
  const Component* last = nullptr;
  for (const int part : word.parts) {
    const Component& c = ink.at(part);
    if (last == nullptr || c.right > last->right) last = &c;
  }
  if (last->height() > 0.75 * ink.letter() || last->top < ink.base() - 0.5 * ink.letter()) return;
  const bool hangs =
      last->bottom > ink.base() + 0.16 * ink.letter() && last->height() > 1.35 * last->width();
  if (text.back() == ',' && !hangs && ink.isDot(*last) &&
      last->bottom < ink.base() + 0.1 * ink.letter()) {
    text.back() = '.';
  } else if (text.back() == '.' && hangs) {
    text.back() = ',';
  }
}

void readOnes(const InkView& ink, PlacedWord& word) {
  std::u32string text = toCodePoints(word.read.text);
  if (text.size() != word.read.symbols.size() || text.size() > 6) return;
  const auto among = [](char32_t c, std::u32string_view set) {
    return set.find(c) != std::u32string_view::npos;
  };
  // A capital letter followed by nothing but digits and I: a point of a survey, a grade, a row.
  if (text.size() < 2 || text[0] < U'A' || text[0] > U'Z' || text[0] == U'I') return;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (!among(text[i], U"0123456789I")) return;
  }
  std::vector<const Component*> tall;
  for (const int part : word.parts) {
    if (ink.at(part).height() > 0.9 * ink.letter()) tall.push_back(&ink.at(part));
  }
  if (tall.size() != text.size()) return;
  for (std::size_t i = 1; i < text.size(); ++i) {
    // A 1 has a flag at the left of its head and none at the right; an I has both serifs or none.
    const Component& c = *tall[i];
    const auto head = ink.extent(c, 0.05, 0.35), stem = ink.extent(c, 0.45, 0.7);
    const double flag = 0.08 * c.height();
    if (text[i] == U'I' && stem.left - head.left > flag && head.right - stem.right < flag / 2) {
      text[i] = U'1';
    }
  }
  word.read.text = toUtf8(text);
}

}  // namespace sohoa
