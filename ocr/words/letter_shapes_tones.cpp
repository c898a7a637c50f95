#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "ocr/language/syllable.h"
#include "ocr/words/letter_shapes.h"

namespace sohoa {
namespace {

// The same letters with a circumflex or breve alone, and with an acute, a hook and a grave over it.
constexpr std::u32string_view kPlain = U"âêôăÂÊÔĂ", kAcute = U"ấếốắẤẾỐẮ", kHook = U"ẩểổẳẨỂỔẲ",
                              kGrave = U"ầềồằẦỀỒẰ";

/// What stands over one letter: a circumflex or breve, and the tone beside or on it.
struct Marks {
  const Component* under = nullptr;  ///< null where both touch and are one
  const Component* tone = nullptr;
};

/// The marks over the word's only letter that has two. Null when there is none, or several: the
/// others of its letters touch, or have one mark.
std::optional<Marks> doubleMarks(const InkView& ink, const PlacedWord& word) {
  const double letter = ink.letter();
  // A circumflex alone leans by 0.24 at most, with any tone that touches it by more.
  constexpr double kLeastTouching = 0.4;
  std::optional<Marks> found;
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
    Marks here;
    if (marks.size() == 2) {
      const bool firstIsRight = marks[0]->centreX() > marks[1]->centreX();
      here = firstIsRight ? Marks{marks[1], marks[0]} : Marks{marks[0], marks[1]};
    } else if (marks.size() == 1 && marks[0]->width() > 0.45 * letter &&
               ink.lean(*marks[0]) > kLeastTouching) {
      here.tone = marks[0];
    } else {
      continue;
    }
    if (found) return std::nullopt;
    found = here;
  }
  return found;
}

enum class Tone { unclear, acute, hook };

/// Measured on 733 marks of the generator's pages, and 1,600 of other faces: acutes lean by 0.38 to
/// 0.86, hooks by -0.48 to 0.28. Of 2,000 that touch their circumflex, the right upper quarter with
/// an acute leans by 0.60 to 0.86 in nine of ten, with a hook by 0.57 at most in nineteen of
/// twenty.
Tone toneOf(const InkView& ink, const Marks& marks) {
  if (marks.under == nullptr) {
    const double lean = ink.lean(*marks.tone, 0.5, 0.6);
    return lean > 0.68 ? Tone::acute : lean < 0.57 ? Tone::hook : Tone::unclear;
  }
  const double lean = ink.lean(*marks.tone);
  return lean > 0.38 ? Tone::acute : lean < 0.30 ? Tone::hook : Tone::unclear;
}

/// Where no such tone was read, ink must leave no other way: not the dot of an i beside the letter,
/// no tilde, and no circumflex that stands right of its grave.
bool isSure(const InkView& ink, const Marks& marks, Tone tone) {
  if (marks.under == nullptr) return true;
  const Component &under = *marks.under, &mark = *marks.tone;
  const double lean = ink.lean(mark);
  const bool high = mark.bottom < under.bottom - 0.3 * under.height();
  const bool narrow = mark.width() < 1.3 * mark.height() && mark.width() < 0.75 * under.width();
  if (!high || (tone == Tone::hook && !narrow)) return false;
  return tone == Tone::acute ? lean > 0.5 : lean > -0.45 && lean < 0.2;
}

/// Of a small letter, marks aside: without ascender, and without a horn that stands above the rest.
bool isLow(char32_t base) {
  return std::u32string_view(U"aăâceêgimnoôpqrsuvxyz").find(base) != std::u32string_view::npos;
}

}  // namespace

void readTone(const InkView& ink, PlacedWord& word) {
  std::u32string text = toCodePoints(word.read.text);
  char32_t* letter = nullptr;
  std::size_t place = 0;
  bool toned = false;
  for (char32_t& c : text) {
    for (const std::u32string_view letters : {kPlain, kAcute, kHook, kGrave}) {
      const std::size_t at = letters.find(c);
      if (at == std::u32string_view::npos) continue;
      if (letter != nullptr) return;
      letter = &c;
      place = at;
      toned = letters == kAcute || letters == kHook;
    }
  }
  if (letter == nullptr) return;
  const std::optional<Marks> marks = doubleMarks(ink, word);
  // Where the marks touch, what the model is certain of is right more often than their lean.
  constexpr double kCertain = 0.955;
  if (!marks || (toned && marks->under == nullptr && word.read.confidence > kCertain)) return;
  const Tone tone = toneOf(ink, *marks);
  if (tone == Tone::unclear || (!toned && !isSure(ink, *marks, tone))) return;
  const char32_t meant = (tone == Tone::acute ? kAcute : kHook)[place];
  if (meant == *letter) return;
  *letter = meant;
  std::string changed = toUtf8(text);
  // "ĐỔC" is no syllable: a stroke of a seal or a pen beside the mark.
  if (isLegalSyllable(word.read.text) && !isLegalSyllable(changed)) return;
  word.read.text = std::move(changed);
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
