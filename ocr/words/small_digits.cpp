#include "ocr/words/small_digits.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "ocr/language/syllable.h"

namespace sohoa {
namespace {

/// Between which heights the small letters of a word stand.
struct Band {
  double top, base;
  double letter() const { return base - top; }
};

/// Estimates the x-height band from an "m" in the word or from a leading digit. The line's own
/// x-height is unreliable when most letters are capitals.
Band bandOf(const InkView& ink, const PlacedWord& word) {
  constexpr double kSmallLetter = 0.7;  // of a digit
  const std::string& text = word.read.text;
  if (!word.parts.empty() && !text.empty() && text[0] >= '0' && text[0] <= '9') {
    const Component& first = ink.at(word.parts.front());
    const double base = first.bottom;
    if (first.height() > 0.9 * ink.letter()) return {base - kSmallLetter * first.height(), base};
  }
  for (const int part : word.parts) {
    const Component& c = ink.at(part);
    const bool wide = c.width() > 1.25 * c.height() && c.width() < 2 * c.height();
    if (wide && c.height() > 0.4 * ink.letter() && c.height() < 1.2 * ink.letter()) {
      return {static_cast<double>(c.top), static_cast<double>(c.bottom)};
    }
  }
  return {ink.bandTop(), ink.base()};
}

/// A digit's ink: smaller than other digits and clear of the baseline.
bool isRaised(const Band& band, const Component& c) {
  const double letter = band.letter();
  return c.height() > 0.5 * letter && c.height() < 1.1 * letter && c.width() > 0.3 * letter &&
         c.width() < 0.85 * letter && c.bottom < band.base - 0.3 * letter &&
         c.top < band.top - 0.1 * letter;
}

/// No other ink of the word below it: diacritics stand above their letters.
bool standsAlone(const InkView& ink, const PlacedWord& word, int part) {
  const Component& c = ink.at(part);
  return std::none_of(word.parts.begin(), word.parts.end(), [&](int other) {
    const Component& o = ink.at(other);
    return other != part &&
           std::min(o.right, c.right) - std::max(o.left, c.left) > 0.4 * c.width() &&
           o.bottom > c.bottom;
  });
}

std::optional<int> raisedPart(const InkView& ink, const PlacedWord& word) {
  const Band band = bandOf(ink, word);
  std::optional<int> found;
  for (const int part : word.parts) {
    if (isRaised(band, ink.at(part)) && standsAlone(ink, word, part)) found = part;
  }
  return found;
}

/// "m 2" with a raised 2: one word that the model took for two.
void joinRaised(const InkView& ink, std::vector<PlacedWord>& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& before = words[i - 1].read.text;
    const bool unit = before == "m" || before == "km" || before == "(m" || before.ends_with("0m");
    const std::u32string text = toCodePoints(words[i].read.text);
    if (!unit || text.empty() || text.size() > 3 || !raisedPart(ink, words[i])) continue;
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

void raisedDigit(const InkView& ink, PlacedWord& word) {
  std::u32string text = toCodePoints(word.read.text);
  for (std::size_t m = 0; m < text.size(); ++m) {
    if (text[m] != U'm') continue;
    const bool startsUnit = m == 0 || text[m - 1] == U'k' || text[m - 1] == U'(' ||
                            (text[m - 1] >= U'0' && text[m - 1] <= U'9');
    char32_t after = m + 1 < text.size() ? text[m + 1] : U' ';
    if (!startsUnit) continue;
    const std::optional<int> part = raisedPart(ink, word);
    // "mỏ," for "m³,": of the word's ink only the m and a comma are left besides the digit.
    const bool vowel = takeApart(after).known;
    if (vowel && (m != 0 || text.size() > 3 || !part || word.parts.size() > 3)) continue;
    if (!part) return;
    // The model may have passed over the digit altogether: "m," for "m²,".
    if (std::u32string_view(U" /,.;:)").find(after) != std::u32string_view::npos) {
      text.insert(m + 1, 1, U'?');
      after = U' ';
    }
    const std::u32string alone = ink.readAlone(*part);
    if (vowel && alone != U"2" && alone != U"3") return;
    const char32_t digit =
        !alone.empty() && (alone[0] == U'2' || alone[0] == U'3') ? alone[0] : after;
    if (digit == U'2') text[m + 1] = U'²';
    if (digit == U'3') text[m + 1] = U'³';
    if (after == U' ' && digit != U'2' && digit != U'3') return;
    word.read.text = toUtf8(text);
    return;
  }
  // "múi chiếu 3°", "106°00'": a raised ring after a digit, unless it was read as one.
  if (text.find(U'°') != std::u32string::npos) return;
  if (text.find_last_of(U"90o") == std::u32string::npos) return;
  const std::optional<int> part = raisedPart(ink, word);
  if (!part) return;
  const Component& c = ink.at(*part);
  if (c.height() > 0.85 * ink.letter() || std::abs(c.width() - c.height()) > 0.25 * c.height())
    return;
  const bool placed = text.size() == word.read.symbols.size();
  std::optional<std::size_t> ring;
  double nearest = 1e9;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool afterDigit = text[i - 1] >= U'0' && text[i - 1] <= U'9';
    if (!afterDigit || std::u32string_view(U"90o").find(text[i]) == std::u32string_view::npos)
      continue;
    double apart = 0;  // the last one, where places are not known
    if (placed) {
      const ReadSymbol& symbol = word.read.symbols[i];
      apart = std::abs(word.imageLeft + (symbol.left + symbol.right) / 2 - c.centreX());
    }
    if (apart > nearest) continue;
    ring = i;
    nearest = apart;
  }
  if (!ring) return;
  text[*ring] = U'°';
  word.read.text = toUtf8(text);
}

/// The ink of a lowered digit, which often falls apart: small, hanging below the baseline, wider
/// and higher than a comma.
struct Lowered {
  int left = 1 << 30, top = 1 << 30, right = 0, bottom = 0;
  int width() const { return right - left; }
  int height() const { return bottom - top; }
};

std::optional<Lowered> loweredInk(const InkView& ink, const PlacedWord& word) {
  Lowered box;
  const bool stops = word.read.text.ends_with(',') || word.read.text.ends_with('.');
  int last = 0;
  for (const int part : word.parts) last = std::max(last, ink.at(part).right);
  for (const int part : word.parts) {
    const Component& c = ink.at(part);
    if (stops && c.right == last && c.width() < 0.36 * ink.letter()) continue;
    if (c.top < ink.base() - 0.7 * ink.letter() || c.height() > ink.letter()) continue;
    // Dots and tails below letters are not beside them.
    const bool below = std::any_of(word.parts.begin(), word.parts.end(), [&](int other) {
      const Component& o = ink.at(other);
      return o.bottom < c.bottom && o.height() > 0.8 * ink.letter() && o.left < c.centreX() &&
             o.right > c.centreX();
    });
    if (below) continue;
    if (box.right > 0 && c.left > box.right + 0.2 * ink.letter()) return std::nullopt;
    box.left = std::min(box.left, c.left);
    box.top = std::min(box.top, c.top);
    box.right = std::max(box.right, c.right);
    box.bottom = std::max(box.bottom, c.bottom);
  }
  const double letter = ink.letter();
  if (box.right == 0 || box.height() < 0.6 * letter || box.height() > 1.1 * letter ||
      box.width() < 0.36 * letter || box.width() > 0.8 * letter ||
      box.bottom < ink.base() + 0.12 * letter || box.bottom > ink.base() + 0.6 * letter) {
    return std::nullopt;
  }
  return box;
}

/// BOD₅, SO₂, H₂SO₄ (its first): the model has no lowered digits and writes a sign, a digit or
/// nothing. A formula is capitals and digits.
void loweredDigit(const InkView& ink, PlacedWord& word) {
  std::u32string text = toCodePoints(word.read.text);
  if (text.size() < 2 || text.size() > 9 || text.size() != word.read.symbols.size()) return;
  const std::optional<Lowered> box = loweredInk(ink, word);
  if (!box) return;
  const double x = (box->left + box->right) / 2.0 - word.imageLeft;
  // The capital that ends before the digit.
  std::size_t capital = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const ReadSymbol& symbol = word.read.symbols[i];
    if (text[i] >= U'A' && text[i] <= U'Z' && (symbol.left + symbol.right) / 2 < x) capital = i;
  }
  if (capital == text.size()) return;
  for (const char32_t c : text) {
    if (c >= U'a' && c <= U'z') return;
  }
  const std::u32string alone = ink.readAlone(box->left, box->top, box->right, box->bottom);
  if (alone.size() != 1 || alone[0] < U'2' || alone[0] > U'9') return;
  const char32_t digit = U'₀' + (alone[0] - U'0');
  const std::size_t after = capital + 1;
  const bool stands =
      after < text.size() &&
      std::u32string_view(U".,;:'0123456789").find(text[after]) != std::u32string_view::npos;
  if (stands) {
    text[after] = digit;
    // One digit may have come as two signs: "(BOD.,)".
    if (after + 1 < text.size() && (text[after + 1] == U'.' || text[after + 1] == U',') &&
        after + 2 < text.size()) {
      text.erase(after + 1, 1);
    }
  } else {
    text.insert(after, 1, digit);
  }
  word.read.text = toUtf8(text);
}

}  // namespace

void readSmallDigits(const InkView& ink, std::vector<PlacedWord>& words) {
  joinRaised(ink, words);
  for (PlacedWord& word : words) {
    raisedDigit(ink, word);
    loweredDigit(ink, word);
  }
}

}  // namespace sohoa
