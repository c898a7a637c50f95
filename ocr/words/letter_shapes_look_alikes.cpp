#include <algorithm>
#include <cmath>
#include <string>

#include "ocr/language/syllable.h"
#include "ocr/words/letter_shapes.h"

namespace sohoa {
namespace {

/// Parts as high as letters, left to right.
std::vector<const Component*> tallParts(const InkView& ink, const PlacedWord& word, double least) {
  std::vector<const Component*> tall;
  for (const int part : word.parts) {
    const Component& c = ink.at(part);
    if (c.height() >= least && c.bottom > ink.base() - 0.5 * ink.letter()) tall.push_back(&c);
  }
  std::sort(tall.begin(), tall.end(),
            [](const Component* a, const Component* b) { return a->left < b->left; });
  return tall;
}

bool isCapital(char32_t c) {
  const LetterParts parts = takeApart(c);
  return (c >= U'A' && c <= U'Z') || (parts.known && parts.upper);
}

/// The capital of a vowel that has the same shape; 0 for other letters.
char32_t capitalOf(char32_t c) {
  static constexpr std::u32string_view kSmall = U"oóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữự";
  static constexpr std::u32string_view kLarge = U"OÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢUÚÙỦŨỤƯỨỪỬỮỰ";
  const std::size_t at = kSmall.find(c);
  return at == std::u32string_view::npos ? 0 : kLarge[at];
}

bool leansRight(const InkView& ink, const Component& c) {
  const auto top = ink.extent(c, 0.0, 0.2), foot = ink.extent(c, 0.8, 1.0);
  return top.middle() - foot.middle() >= 0.12 * c.height();
}

/// Ink that ends on the right in one upright stroke as high as a capital.
bool endsUpright(const InkView& ink, const Component& last) {
  const double top = ink.base() - 0.95 * ink.letter(), foot = ink.base() - 0.1 * ink.letter();
  int least = 1 << 30, most = 0;
  constexpr int kBands = 4;
  for (int k = 0; k < kBands; ++k) {
    const auto share = [&](int band) {
      return (top + (foot - top) * band / kBands - last.top) / last.height();
    };
    const int right = ink.extent(last, share(k), share(k + 1)).right;
    least = std::min(least, right), most = std::max(most, right);
  }
  return most - least < 0.15 * ink.letter();
}

}  // namespace

void readSlashes(const InkView& ink, PlacedWord& word) {
  std::u32string text = toCodePoints(word.read.text);
  const auto isDigit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
  const auto isStroke = [](char32_t c) { return c == U'I' || c == U'l' || c == U'|'; };
  std::vector<std::size_t> high;
  bool any = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between =
        i > 0 && i + 1 < text.size() && isDigit(text[i - 1]) && isDigit(text[i + 1]);
    if (isDigit(text[i]) || text[i] == U'/' || (isStroke(text[i]) && between)) {
      high.push_back(i);
      any = any || isStroke(text[i]);
    } else if (std::u32string_view(U".,;:-").find(text[i]) == std::u32string_view::npos) {
      return;
    }
  }
  if (!any) return;
  const auto tall = tallParts(ink, word, 0.75 * ink.letter());
  if (tall.size() != high.size()) return;
  for (std::size_t i = 0; i < high.size(); ++i) {
    if (isStroke(text[high[i]]) && leansRight(ink, *tall[i])) text[high[i]] = U'/';
  }
  word.read.text = toUtf8(text);
}

void readZeros(const InkView& ink, PlacedWord& word) {
  std::u32string text = toCodePoints(word.read.text);
  const auto isDigit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
  const auto isLetterO = [](char32_t c) { return c == U'O' || c == U'o' || c == U'ó'; };
  const auto isSeparator = [](char32_t c) {
    return c == U'/' || c == U'.' || c == U',' || c == U'-' || c == U':' || c == U';';
  };
  std::size_t digits = 0, letters = 0;
  for (const char32_t c : text) {
    if (!isDigit(c) && !isLetterO(c) && !isSeparator(c)) return;
    digits += isDigit(c) ? 1 : 0;
    letters += isLetterO(c) ? 1 : 0;
  }
  const bool alone = text == U"ó";  // no word; "6 tháng" of some faces
  if ((digits == 0 && !alone) || letters == 0) return;
  const auto tall = tallParts(ink, word, 0.75 * ink.letter());
  // Slashes are as tall as digits; full stops and commas are not.
  const auto slashes = static_cast<std::size_t>(std::count(text.begin(), text.end(), U'/'));
  if (tall.size() != digits + letters + slashes) return;
  std::size_t part = 0;
  for (char32_t& c : text) {
    if (isSeparator(c) && c != U'/') continue;
    const Component& shape = *tall[part++];
    constexpr double kWidestZero = 0.82;  // of its height; the letter has 0.9 and more
    if (!isLetterO(c) || shape.width() > kWidestZero * shape.height()) continue;
    // An acute stands apart from its o; the head of a 6 does not.
    const bool mark = std::any_of(word.parts.begin(), word.parts.end(), [&](int other) {
      const Component& o = ink.at(other);
      return o.bottom <= shape.top + 1 && o.right > shape.left && o.left < shape.right;
    });
    if (c == U'ó' && mark) continue;
    c = c == U'ó' ? U'6' : U'0';
  }
  word.read.text = toUtf8(text);
}

void readCapitals(const InkView& ink, PlacedWord& word) {
  std::u32string text = toCodePoints(word.read.text);
  std::size_t capitals = 0, small = 0, letters = 0;
  for (const char32_t c : text) {
    if (isCapital(c)) {
      ++capitals;
    } else if (capitalOf(c) != 0) {
      ++small;
    } else if (takeApart(c).known || (c >= U'a' && c <= U'z')) {
      return;
    } else {
      continue;
    }
    ++letters;
  }
  if (small == 0 || capitals < 2 || small > capitals) return;
  const auto tall = tallParts(ink, word, 0.6 * ink.letter());
  if (tall.size() < letters) return;
  // All of the word's letters are of one height, marks aside: a small one would stand out.
  std::vector<int> heights;
  for (const Component* c : tall) heights.push_back(c->height());
  std::sort(heights.begin(), heights.end());
  if (heights.front() < 0.85 * heights[heights.size() / 2]) return;
  for (char32_t& c : text) {
    if (const char32_t large = capitalOf(c)) c = large;
  }
  word.read.text = toUtf8(text);
}

void readVeViec(const InkView& ink, PlacedWord& word) {
  const std::string& text = word.read.text;
  const bool alike = text == "VIv" || text == "Vlv" || text == "V1v" || text == "VIV" ||
                     text == "V|v" || text == "Viv" || text == "VJv" || text == "Vív";
  if (!alike) return;
  const auto tall = tallParts(ink, word, 0.7 * ink.letter());
  if (tall.size() != 3) return;
  if (leansRight(ink, *tall[1])) word.read.text = "V/v";
}

void readPerLitre(const InkView& ink, PlacedWord& word) {
  const std::string& text = word.read.text;
  if (!text.starts_with("mg") || text == "mg/l" || text.size() > 5 || word.parts.empty()) return;
  std::vector<const Component*> parts;
  for (const int part : word.parts) parts.push_back(&ink.at(part));
  std::sort(parts.begin(), parts.end(), [](auto* a, auto* b) { return a->right < b->right; });
  const Component& last = *parts.back();
  bool found = endsUpright(ink, last) && last.height() > 0.75 * ink.letter();
  if (parts.size() == 4) {
    // Slashes of fonts with serifs are no higher than capitals, see InkView::isSlash.
    const Component& slash = *parts[2];
    found = found && slash.height() > 0.85 * ink.letter() && leansRight(ink, slash) &&
            last.width() < 0.45 * last.height();
  } else {  // Letters that touch: "mgl" is 2.3 capitals wide.
    constexpr double kLeastWidth = 2.4;
    int left = last.left;
    for (const Component* part : parts) left = std::min(left, part->left);
    found = found && parts.size() < 4 && last.right - left > kLeastWidth * ink.letter();
  }
  if (!found) return;
  word.read.text = "mg/l";
  word.read.confidence = std::max(word.read.confidence, 0.9);
}

void readListLetter(const InkView& ink, PlacedWord& word) {
  if (word.read.text != "8)" || word.parts.size() < 2) return;
  const Component *letter = &ink.at(word.parts.front()), *bracket = &ink.at(word.parts.back());
  // An 8 reaches up as far as the bracket and ends above its foot, a g the other way round.
  if (letter->top - bracket->top > bracket->bottom - letter->bottom) word.read.text = "g)";
}

void readSeparators(const InkView& ink, PlacedWord& word) {
  const std::u32string text = toCodePoints(word.read.text);
  const auto isDigit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
  const auto separates = [](char32_t c) { return c == U'.' || c == U','; };
  const auto digits = std::count_if(text.begin(), text.end(), isDigit);
  if (digits < 2 || digits + std::count_if(text.begin(), text.end(), separates) !=
                        static_cast<std::ptrdiff_t>(text.size())) {
    return;
  }
  // The number as its ink has it: digits, and marks at the foot between them.
  const double letter = ink.letter();
  std::u32string drawn;
  for (const int part : word.parts) {
    const Component& c = ink.at(part);
    if (c.height() > 0.8 * letter) {
      drawn += U'0';
    } else if (c.top > ink.base() - 0.35 * letter && c.height() > 0.25 * letter &&
               c.height() < 0.6 * letter && c.width() < 0.4 * letter &&
               c.bottom > ink.base() + 0.12 * letter) {
      drawn += U',';
    } else if (ink.isDot(c) && c.top > ink.base() - 0.35 * letter && c.width() > 0.12 * letter) {
      drawn += U'.';
    } else {
      return;
    }
  }
  if (std::count(drawn.begin(), drawn.end(), U'0') != digits) return;
  std::u32string mended;
  std::size_t read = 0;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const bool next = read < text.size() && isDigit(text[read]) == isDigit(drawn[i]);
    if (next) {
      mended += text[read++];
      continue;
    }
    if (isDigit(drawn[i])) return;  // a mark was read that is not there
    // Dust looks like a full stop: it must part thousands.
    const std::size_t group =
        std::min(drawn.find_first_not_of(U'0', i + 1), drawn.size()) - (i + 1);
    if (i == 0 || group == 0 || (drawn[i] == U'.' && group != 3)) return;
    mended += drawn[i];
  }
  if (read == text.size()) word.read.text = toUtf8(mended);
}

}  // namespace sohoa
