#include "pipeline/dossier/duplicate_pages.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>

#include "ocr/page/page_fingerprint.h"
#include "pipeline/batch/note_shot.h"
#include "pipeline/intake/batch_notes.h"

namespace sohoa {
namespace {

// Limits chosen on pages scanned again and on forms filled in differently:
// tests/bench/page_twins.cpp.
constexpr double kMostApart = 0.10;     ///< share of the ink
constexpr int kWorstPlace = 40;         ///< differing cells at one place
constexpr double kCertain = 0.90;       ///< confidence of a word
constexpr double kCommonWords = 0.75;   ///< share; below it the pages are not compared further
constexpr double kCertainShare = 0.01;  ///< share of the words: certain ones that may differ

using Words = std::vector<const Word*>;

Words wordsOf(const PageReading& reading) {
  Words words;
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) words.push_back(&word);
    }
  }
  return words;
}

/// Share of the longer page's words that the other page contains as well, in any order.
double commonShare(const Words& a, const Words& b) {
  std::map<std::string_view, int> counts;
  for (const Word* word : a) ++counts[word->text];
  int common = 0;
  for (const Word* word : b) common += counts[word->text]-- > 0 ? 1 : 0;
  const std::size_t most = std::max(a.size(), b.size());
  return most == 0 ? 1 : static_cast<double>(common) / static_cast<double>(most);
}

/// The words of each page outside the longest common sequence.
void takeCommonOut(const Words& a, const Words& b, Words& leftA, Words& leftB) {
  const std::size_t width = b.size() + 1;
  std::vector<std::uint16_t> longest((a.size() + 1) * width);
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      longest[i * width + j] =
          a[i]->text == b[j]->text
              ? static_cast<std::uint16_t>(longest[(i + 1) * width + j + 1] + 1)
              : std::max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i]->text == b[j]->text) {
      ++i;
      ++j;
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
      leftA.push_back(a[i++]);
    } else {
      leftB.push_back(b[j++]);
    }
  }
  leftA.insert(leftA.end(), a.begin() + static_cast<std::ptrdiff_t>(i), a.end());
  leftB.insert(leftB.end(), b.begin() + static_cast<std::ptrdiff_t>(j), b.end());
}

bool hasDigit(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isCertain(const Word* word) {
  return word->confidence >= kCertain && !word->suspect && word->text.size() > 1;
}

int certainOnes(const Words& words) {
  return static_cast<int>(std::count_if(words.begin(), words.end(), isCertain));
}

/// Whether a number was read with certainty.
bool certainNumber(const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [](const Word* word) { return isCertain(word) && hasDigit(word->text); });
}

}  // namespace

PageLikeness likenessOf(const PageReading& a, const PageReading& b) {
  PageLikeness likeness;
  if (a.blank || b.blank || a.print.empty() || b.print.empty()) return likeness;
  const Words first = wordsOf(a), second = wordsOf(b);
  likeness.words = static_cast<int>(std::max(first.size(), second.size()));
  constexpr std::size_t kMostWords = 5000;
  if (first.size() > kMostWords || second.size() > kMostWords) return likeness;
  if (commonShare(first, second) < kCommonWords) return likeness;
  Words leftFirst, leftSecond;
  takeCommonOut(first, second, leftFirst, leftSecond);
  likeness.certainApart = std::max(certainOnes(leftFirst), certainOnes(leftSecond));
  const bool numbersDiffer = certainNumber(leftFirst) && certainNumber(leftSecond);
  const PrintMatch match = comparePrints(a.print, b.print);
  likeness.apart = match.apart;
  likeness.worstPlace = match.worstPlace;
  likeness.alike = match.comparable && match.apart <= kMostApart &&
                   match.worstPlace <= kWorstPlace && !numbersDiffer &&
                   likeness.certainApart <= static_cast<int>(kCertainShare * likeness.words);
  return likeness;
}

std::vector<PageTwin> twinsOf(const IntakeItem& item, const std::vector<PageReading>& readings) {
  std::vector<PageTwin> twins = item.twins;
  const std::vector<ItemPage> pages = pagesOf(item);
  for (std::size_t later = 1; later < pages.size() && later < readings.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const ItemPage &one = pages[earlier], &other = pages[later];
      const bool equal =
          one.index == other.index && one.file->original.sha512 == other.file->original.sha512;
      if (equal || isNoteShot(one.file->original.name) || isNoteShot(other.file->original.name))
        continue;
      if (!likenessOf(readings[earlier], readings[later]).alike) continue;
      twins.push_back({PageTwin::Kind::alike, pageName(*other.file, other.index),
                       pageName(*one.file, one.index), ""});
    }
  }
  return twins;
}

}  // namespace sohoa
