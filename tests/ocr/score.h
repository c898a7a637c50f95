#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/reading.h"
#include "tests/ocr/error_rate.h"
#include "tests/ocr/sample_pages.h"

namespace sohoa::test {

/// What one or more pages scored; counts only, so scores add up.
struct Score {
  int pages = 0;
  ErrorRate characters;   ///< spaces folded, in reading order
  int words = 0;          ///< of the truth
  int wordErrors = 0;     ///< words to insert, delete or replace
  int diacriticOnly = 0;  ///< of these: replaced words that differ in marks above or below alone
  int codes = 0;          ///< dates, document numbers, dossier codes and other words with a digit
  int codesExact = 0;     ///< of these: read without any difference, punctuation around them aside
  int wrong = 0, wrongMarked = 0;  ///< words read wrongly; of these marked suspect
  int right = 0, rightMarked = 0;  ///< words read rightly; of these marked suspect
  int boxes = 0;                   ///< rightly read words on pages scanned upright
  int boxesTight = 0;  ///< of these: every edge within a quarter of a letter height of the ink's

  Score& operator+=(const Score& other);
};

/// `read` against the truth of `page`; words that lie in what the page says to ignore are left out.
/// `tell` hears of every word that was read, and what stands there (empty: nothing).
Score scorePage(const SamplePage& page, const PageReading& read, double dpi,
                const std::function<void(const Word&, const std::string&)>& tell = {});

using ScoreCard = std::map<std::string, Score>;  ///< by condition

/// The card as a table for people; rates in percent.
std::string table(const ScoreCard& card);

/// The bars of recognition with their figures, met or missed; `other` is the `tesseract` command's
/// card on the same pages, or empty.
std::string bars(const ScoreCard& card, const ScoreCard& other);

/// One line a condition: name, characters, character errors, words, word errors, codes, codes
/// exact.
std::string baselineText(const ScoreCard& card);
/// What got worse than the baseline by more than chance (another processor's arithmetic may move a
/// letter or two); empty when nothing did. A condition that is missing is worse.
std::vector<std::string> regressions(const ScoreCard& card, const std::string& baseline);

}  // namespace sohoa::test
