#pragma once

#include <string>
#include <vector>

#include "core/page.h"
#include "core/reading.h"

namespace sohoa::test {

/// UTF-8 to code points, white space (also no-break) folded to single spaces and trimmed.
std::u32string foldSpaces(const std::string& utf8);

/// Levenshtein distance.
int editDistance(const std::u32string& a, const std::u32string& b);

struct ErrorRate {
  int errors = 0;      ///< characters to insert, delete or replace
  int characters = 0;  ///< of the truth
  double percent() const { return characters == 0 ? 0 : 100.0 * errors / characters; }
  ErrorRate& operator+=(const ErrorRate& other) {
    errors += other.errors;
    characters += other.characters;
    return *this;
  }
};

ErrorRate compareText(const std::string& truth, const std::string& read);

/// Words of the reading without those whose centre lies in one of `ignored` (grown by `margin`
/// pixels): handwriting, signatures and the like, which nobody asks to be read. A word that lies on
/// a printed word of the truth stays: a signature's box covers the signer's title as well.
std::vector<Word> wordsOutside(const PageReading& reading, const std::vector<PixelBox>& ignored,
                               const std::vector<PixelBox>& printed, int margin);
/// Those words with a space after each.
std::string textOutside(const PageReading& reading, const std::vector<PixelBox>& ignored,
                        const std::vector<PixelBox>& printed, int margin);

}  // namespace sohoa::test
