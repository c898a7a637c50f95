#include "ocr/words/word_gaps.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

namespace sohoa {
namespace {

struct Gap {
  double left = 0, right = 0;
  double width() const { return right - left; }
};

std::vector<Gap> gapsIn(const InkView& ink, const std::vector<int>& parts) {
  std::vector<Gap> gaps;
  double reach = -1;
  for (const int part : parts) {  // from left to right
    const Component& c = ink.at(part);
    if (reach >= 0 && c.left > reach) gaps.push_back({reach, static_cast<double>(c.left)});
    reach = std::max<double>(reach, c.right);
  }
  return gaps;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

bool isDigit(const std::string& symbol) {
  return symbol.size() == 1 && symbol[0] >= '0' && symbol[0] <= '9';
}

bool isLetter(const std::string& symbol) {
  const auto first = static_cast<unsigned char>(symbol.empty() ? 0 : symbol[0]);
  return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z') || first >= 0xC3;
}

/// A hyphen beside a digit, as in "5,5 - 9".
bool isRange(const std::string& before, const std::string& after) {
  return (isDigit(before) && after == "-") || (before == "-" && isDigit(after));
}

/// How many symbols stand before the gap; 0 when it cannot be told. Only at signs and between
/// digits and letters: the network's places are a few pixels off, and worn letters leave gaps as
/// well.
std::size_t symbolsBefore(const PlacedWord& word, const Gap& gap, double letter) {
  const auto& symbols = word.read.symbols;
  const double x = (gap.left + gap.right) / 2 - word.imageLeft;
  std::size_t best = 0;
  double bestCost = 0.9 * letter;
  for (std::size_t k = 1; k < symbols.size(); ++k) {
    const double border = (symbols[k - 1].right + symbols[k].left) / 2;
    const std::string &before = symbols[k - 1].text, &after = symbols[k].text;
    const bool closes = before == "," || before == ";" || before == ")";
    const bool natural = after == "(" || isRange(before, after) || (closes && isLetter(after)) ||
                         (isDigit(before) && isLetter(after)) ||
                         (isLetter(before) && isDigit(after));
    if (!natural) continue;
    const double cost = std::abs(border - x);
    if (cost < bestCost) {
      bestCost = cost;
      best = k;
    }
  }
  return best;
}

std::string textOf(const std::vector<ReadSymbol>& symbols) {
  return std::accumulate(symbols.begin(), symbols.end(), std::string(),
                         [](std::string text, const ReadSymbol& s) { return text += s.text; });
}

void measure(const InkView& ink, PlacedWord& word) {
  word.left = word.top = 1e9;
  word.right = word.bottom = 0;
  for (const int part : word.parts) {
    const Component& c = ink.at(part);
    word.left = std::min<double>(word.left, c.left);
    word.top = std::min<double>(word.top, c.top);
    word.right = std::max<double>(word.right, c.right);
    word.bottom = std::max<double>(word.bottom, c.bottom);
  }
}

/// The part of `word` after the gap, taken out of it; empty when the symbols do not allow it.
PlacedWord takeAfter(const InkView& ink, PlacedWord& word, const Gap& gap) {
  PlacedWord rest;
  const std::size_t k = symbolsBefore(word, gap, ink.letter());
  if (k == 0 || textOf(word.read.symbols) != word.read.text) return rest;
  const auto cut = word.read.symbols.begin() + static_cast<std::ptrdiff_t>(k);
  rest.read.symbols.assign(cut, word.read.symbols.end());
  rest.read.text = textOf(rest.read.symbols);
  rest.read.confidence = word.read.confidence;
  rest.read.left = cut->left;
  rest.read.right = word.read.right;
  rest.imageLeft = word.imageLeft;
  word.read.symbols.erase(cut, word.read.symbols.end());
  word.read.text = textOf(word.read.symbols);
  word.read.right = word.read.symbols.back().right;
  std::vector<int> before;
  for (const int part : word.parts) {
    (ink.at(part).centreX() < gap.left + gap.width() / 2 ? before : rest.parts).push_back(part);
  }
  word.parts = std::move(before);
  measure(ink, word);
  measure(ink, rest);
  return rest;
}

/// Before a bracket, and on both sides of a hyphen between numbers, no letters' gap comes near a
/// space, however narrow the cell of the table made it.
bool isClearPlace(const InkView& ink, const PlacedWord& word, const std::vector<Gap>& gaps,
                  std::size_t gap) {
  constexpr double kLeast = 0.33;  // of a letter
  const auto wide = [&](std::size_t i) { return gaps[i].width() > kLeast * ink.letter(); };
  const auto& symbols = word.read.symbols;
  const std::size_t k = symbolsBefore(word, gaps[gap], ink.letter());
  if (k == 0 || !wide(gap)) return false;
  if (symbols[k].text == "(") return true;
  if (!isRange(symbols[k - 1].text, symbols[k].text)) return false;
  if (symbols[k].text != "-") return k == 1;
  return k + 1 == symbols.size() || (gap + 1 < gaps.size() && wide(gap + 1));
}

}  // namespace

void splitAtGaps(const InkView& ink, std::vector<PlacedWord>& words) {
  std::vector<double> within, between;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::vector<int> letters;  // leaders of dots say nothing of letters
    std::copy_if(words[i].parts.begin(), words[i].parts.end(), std::back_inserter(letters),
                 [&](int part) { return ink.at(part).height() > 0.5 * ink.letter(); });
    for (const Gap& gap : gapsIn(ink, letters)) within.push_back(gap.width());
    if (i > 0 && words[i].left > words[i - 1].right) {
      between.push_back(words[i].left - words[i - 1].right);
    }
  }
  // A space is far wider than what parts letters, and nearly as wide as the line's other spaces.
  double least = 0.45 * ink.letter();
  if (within.size() >= 6) least = std::max(0.38 * ink.letter(), 2.6 * median(within));
  if (between.size() > 2) least = std::max(least, 0.7 * median(between));
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::vector<Gap> gaps = gapsIn(ink, words[i].parts);
    std::size_t wide = 0;
    while (wide < gaps.size() && gaps[wide].width() <= least &&
           !isClearPlace(ink, words[i], gaps, wide)) {
      ++wide;
    }
    if (wide == gaps.size()) continue;
    PlacedWord rest = takeAfter(ink, words[i], gaps[wide]);
    // The rest is looked at in its turn.
    if (!rest.parts.empty()) {
      words.insert(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(rest));
    }
  }
}

}  // namespace sohoa
