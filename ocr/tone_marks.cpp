#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ocr/letter_shapes.h"
#include "ocr/syllable.h"

namespace sohoa {
namespace {

// The same letters with an acute and with a hook over their circumflex or breve.
constexpr std::u32string_view kAcute = U"ấếốắẤẾỐẮ";
constexpr std::u32string_view kHook = U"ẩểổẳẨỂỔẲ";

/// Of the two marks over one letter the right one is the tone. Null unless the word has just one
/// such letter: the others of its letters touch, or have one mark.
const Component* toneOverMark(const InkView& ink, const PlacedWord& word) {
  const double letter = ink.letter();
  const Component* tone = nullptr;
  int found = 0;
  for (const int part : word.parts) {
    const Component& body = ink.at(part);
    if (body.height() < 0.8 * letter || body.bottom < ink.base() - 0.25 * letter) continue;
    std::vector<const Component*> marks;
    for (const int other : word.parts) {
      const Component& c = ink.at(other);
      constexpr int kLeastInk = 6;  // pixels
      if (other == part || c.area < kLeastInk || ink.isDot(c)) continue;
      const bool over = c.bottom <= body.top + 0.2 * letter &&
                        c.centreX() >= body.left - 0.1 * letter &&
                        c.centreX() <= body.right + 0.35 * letter;
      if (over) marks.push_back(&c);
    }
    if (marks.size() != 2) continue;
    ++found;
    tone = marks[0]->centreX() > marks[1]->centreX() ? marks[0] : marks[1];
  }
  return found == 1 ? tone : nullptr;
}

/// Of a small letter, marks aside: without ascender, and without a horn that stands above the rest.
bool isLow(char32_t base) {
  return std::u32string_view(U"aăâceêgimnoôpqrsuvxyz").find(base) != std::u32string_view::npos;
}

}  // namespace

void readTone(const InkView& ink, PlacedWord& word) {
  std::u32string text = toCodePoints(word.read.text);
  char32_t* letter = nullptr;
  for (char32_t& c : text) {
    if (kAcute.find(c) == std::u32string_view::npos && kHook.find(c) == std::u32string_view::npos) {
      continue;
    }
    if (letter != nullptr) return;
    letter = &c;
  }
  if (letter == nullptr) return;
  const Component* tone = toneOverMark(ink, word);
  if (tone == nullptr) return;
  // Measured on 733 marks of the generator's pages: acutes lean by 0.38 to 0.85, hooks by -0.4 to
  // 0.28.
  constexpr double kLeastAcute = 0.38, kMostHook = 0.30;
  const double lean = ink.lean(*tone);
  const std::size_t acute = kAcute.find(*letter), hook = kHook.find(*letter);
  if (acute != std::u32string_view::npos && lean < kMostHook) {
    *letter = kHook[acute];
  } else if (hook != std::u32string_view::npos && lean > kLeastAcute) {
    *letter = kAcute[hook];
  } else {
    return;
  }
  word.read.text = toUtf8(text);
}

void readInitial(const InkView& ink, PlacedWord& word) {
  std::u32string text = toCodePoints(word.read.text);
  static constexpr std::u32string_view kSmall = U"cosvxz", kLarge = U"COSVXZ";
  if (text.size() < 2) return;
  const std::size_t large = kLarge.find(text[0]);
  if (large == std::u32string_view::npos) return;
  // What follows is small, and has a letter without ascender to compare with.
  bool comparable = false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const LetterParts letter = takeApart(text[i]);
    if (letter.known && letter.upper) return;
    comparable = comparable || (letter.known && isLow(letter.base));
  }
  if (!comparable) return;
  std::vector<const Component*> letters;
  for (const int part : word.parts) {
    const Component& c = ink.at(part);
    const bool stands = std::abs(c.bottom - ink.base()) < 0.25 * ink.letter();
    if (stands && c.height() > 0.45 * ink.letter()) letters.push_back(&c);
  }
  if (letters.size() < 2) return;
  std::sort(letters.begin(), letters.end(),
            [](const Component* a, const Component* b) { return a->left < b->left; });
  int low = letters[1]->height();
  for (std::size_t i = 2; i < letters.size(); ++i) low = std::min(low, letters[i]->height());
  const double ratio = static_cast<double>(letters[0]->height()) / low;
  // A capital is 1.35 to 1.5 times as high; one that is worn may lose its foot or its head.
  constexpr double kLeast = 0.98, kMost = 1.06;
  if (ratio < kLeast || ratio > kMost) return;
  text[0] = kSmall[large];
  word.read.text = toUtf8(text);
}

}  // namespace sohoa
