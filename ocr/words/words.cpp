#include "ocr/words/words.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocr/language/suspect_word.h"
#include "ocr/layout/line_image.h"
#include "ocr/words/ink_evidence.h"

namespace sohoa {

namespace {

/// How far a reading of a line can be believed: mean confidence of its letters, less for words that
/// cannot be.
struct Belief {
  double value = 0;
  bool doubtful = false;
};

/// Lower than what makes a word suspect: another look costs as much as the first.
constexpr double kWorthAnotherLook = 0.74;
/// Nothing around a digit tells that it is wrong.
constexpr double kNumberWorthIt = 0.86;

Belief beliefIn(const std::vector<ReadWord>& words) {
  double sum = 0, letters = 0, odd = 0;
  Belief belief;
  for (const ReadWord& word : words) {
    const auto n = static_cast<double>(word.symbols.size());
    sum += word.confidence * n;
    letters += n;
    odd += isSuspect(word.text, 1.0) ? n : 0;
    const bool digits = word.text.find_first_of("0123456789") != std::string::npos;
    belief.doubtful = belief.doubtful ||
                      word.confidence < (digits ? kNumberWorthIt : kWorthAnotherLook) ||
                      isSuspect(word.text, 1.0);
  }
  if (letters > 0) belief.value = (sum - 0.25 * odd) / letters;
  belief.doubtful = belief.doubtful || belief.value < 0.85;
  return belief;
}

struct Look {
  LineImage image;
  std::vector<ReadWord> words;
};

Look look(const Sheet& sheet, const Segment& segment, int number, LineEngine& engine,
          Margins margins) {
  Look look{cutLine(sheet.clean.grey, sheet.components, sheet.layout, segment, number, margins),
            {}};
  look.words = engine.read(look.image.pixels);
  return look;
}

double beliefIn(const ReadWord& word) {
  return word.confidence - (isSuspect(word.text, 1.0) ? 0.25 : 0);
}

/// Word by word where both looks saw the same words in the same places, else line by line.
Look better(Look a, Look b) {
  bool alike = a.words.size() == b.words.size();
  const double shift = b.image.left - a.image.left;
  for (std::size_t i = 0; alike && i < a.words.size(); ++i) {
    const double ma = (a.words[i].left + a.words[i].right) / 2;
    alike = ma > b.words[i].left + shift && ma < b.words[i].right + shift;
  }
  if (!alike)
    return beliefIn(b.words).value > beliefIn(a.words).value ? std::move(b) : std::move(a);
  for (std::size_t i = 0; i < a.words.size(); ++i) {
    const bool disputed =
        a.words[i].disputed || b.words[i].disputed || a.words[i].text != b.words[i].text;
    a.words[i].disputed = b.words[i].disputed = disputed;
    if (beliefIn(b.words[i]) <= beliefIn(a.words[i])) continue;
    a.words[i] = std::move(b.words[i]);
    a.words[i].left += shift;
    a.words[i].right += shift;
    for (ReadSymbol& symbol : a.words[i].symbols) {
      symbol.left += shift;
      symbol.right += shift;
    }
  }
  return a;
}

constexpr double kHardlyRead = 0.4;

/// A word that made no sense among its neighbours may do so by itself: "g)" before a paragraph.
void readAlone(const Sheet& sheet, const Segment& segment, int number, PlacedWord& word,
               LineEngine& engine) {
  if (word.parts.empty()) return;
  Segment alone = segment;
  alone.parts = word.parts;
  alone.left = static_cast<int>(word.left);
  alone.right = static_cast<int>(word.right);
  Look again = look(sheet, alone, number, engine, kFirstLook);
  if (again.words.size() != 1 || beliefIn(again.words[0]) <= beliefIn(word.read)) return;
  word.read = std::move(again.words[0]);
  word.imageLeft = again.image.left;
}

/// The network says when it saw a letter, to a few pixels, and stretches words into the space after
/// them; the ink says where letters are. Words part at the widest gap in the ink between the last
/// letter of one and the first of the next.
void shareInk(const Sheet& sheet, const Segment& segment, std::vector<PlacedWord>& words) {
  struct Gap {
    double left, right;
  };
  std::vector<Gap> gaps;
  double reach = -1;
  for (const int part : segment.parts) {  // from left to right
    const Component& c = sheet.components.all[static_cast<std::size_t>(part)];
    if (reach >= 0 && c.left > reach) gaps.push_back({reach, static_cast<double>(c.left)});
    reach = std::max<double>(reach, c.right);
  }
  std::vector<double> borders;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const ReadSymbol& last = words[i].read.symbols.back();
    const ReadSymbol& first = words[i + 1].read.symbols.front();
    // A last sign may be stretched over words that follow: only its beginning counts.
    const double half = 0.5 * segment.letter;
    double from = words[i].imageLeft + std::min((last.left + last.right) / 2, last.left + half);
    double to =
        words[i + 1].imageLeft + std::max((first.left + first.right) / 2, first.right - half);
    if (to < from) std::swap(from, to);
    double border = (from + to) / 2, widest = 0;
    for (const Gap& gap : gaps) {
      const double slack = 0.2 * segment.letter;
      if (gap.right < from - slack || gap.left > to + slack || gap.right - gap.left <= widest) {
        continue;
      }
      widest = gap.right - gap.left;
      border = (gap.left + gap.right) / 2;
    }
    if (!borders.empty()) border = std::max(border, borders.back());
    borders.push_back(border);
  }
  for (const int part : segment.parts) {
    const double x = sheet.components.all[static_cast<std::size_t>(part)].centreX();
    const auto home = std::upper_bound(borders.begin(), borders.end(), x) - borders.begin();
    words[static_cast<std::size_t>(home)].parts.push_back(part);
  }
}

}  // namespace

std::vector<PlacedWord> readSegment(const Sheet& sheet, const Segment& segment, int number,
                                    LineEngine& engine) {
  Look best = look(sheet, segment, number, engine, kFirstLook);
  const bool faint = sheet.clean.contrast < kFaintContrast;
  for (const Margins margins : {kSecondLook, kThirdLook, kSofterLook, kDarkerLook}) {
    if (!beliefIn(best.words).doubtful) break;
    if (margins.strokes != Margins::Strokes::asTheyAre && !faint) break;
    best = better(std::move(best), look(sheet, segment, number, engine, margins));
  }
  std::vector<PlacedWord> words;
  for (ReadWord& read : best.words) {
    PlacedWord& word = words.emplace_back();
    word.imageLeft = best.image.left;
    word.left = best.image.left + read.left;
    word.right = best.image.left + read.right;
    word.top = segment.base - 1.5 * segment.letter;
    word.bottom = segment.base + 0.3 * segment.letter;
    word.read = std::move(read);
  }
  if (words.empty()) return words;
  shareInk(sheet, segment, words);
  for (PlacedWord& word : words) {
    if (word.parts.empty()) continue;
    double left = 1e9, top = 1e9, right = 0, bottom = 0;
    for (const int part : word.parts) {
      const Component& c = sheet.components.all[static_cast<std::size_t>(part)];
      left = std::min<double>(left, c.left);
      top = std::min<double>(top, c.top);
      right = std::max<double>(right, c.right);
      bottom = std::max<double>(bottom, c.bottom);
    }
    word.left = left;
    word.top = top;
    word.right = right;
    word.bottom = bottom;
  }
  for (PlacedWord& word : words) {
    if (word.read.confidence < kHardlyRead) readAlone(sheet, segment, number, word, engine);
  }
  readByInk(sheet, segment, words, engine);
  return words;
}

Word toWord(const PlacedWord& placed, const Segment& segment, const Affine& toScan, int width,
            int height) {
  Word word;
  word.text = placed.read.text;
  word.confidence = std::clamp(placed.read.confidence, 0.0, 1.0);
  // Where two looks disagree, one of them is wrong.
  constexpr double kSureEvenSo = 0.95;
  word.suspect = isSuspect(word.text, word.confidence) ||
                 (placed.read.disputed && word.confidence < kSureEvenSo);
  word.box = mapBox(toScan, placed.left, placed.top, placed.right, placed.bottom, width, height);
  word.baseX0 = toScan.x(placed.left, segment.base);
  word.baseY0 = toScan.y(placed.left, segment.base);
  word.baseX1 = toScan.x(placed.right, segment.base);
  word.baseY1 = toScan.y(placed.right, segment.base);
  // Ascender to descender: 0.89 + 0.22 em in the faces offices use, whose x-height is 0.46 em.
  const double perPixel = std::hypot(toScan.xy, toScan.yy);
  word.height = 2.4 * segment.letter * perPixel;
  return word;
}

}  // namespace sohoa
