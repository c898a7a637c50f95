#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/reading.h"

namespace sohoa::test {

/// A word as another program finds it in a PDF: its box in points of the page as shown, from the
/// top left.
struct SeenWord {
  std::string text;
  double left = 0, top = 0, right = 0, bottom = 0;
};

/// How many words of the reading `pdftotext` without options does not print, or prints too many.
int strayInPlainText(const PageReading& reading, const std::filesystem::path& pdf);

/// Of the first page; `reader` is "pdftotext" or "mutool". Throws std::runtime_error.
std::vector<SeenWord> wordsSeenBy(const std::string& reader, const std::filesystem::path& pdf);

struct WordMatch {
  int of = 0;     ///< words of the reading
  int words = 0;  ///< found, each at its place
  int boxes = 0;  ///< with an overlap (intersection over union) of 0.7 or more
  std::vector<std::string> misses;
};
/// Words are paired by text and place. What is seen beyond the reading takes from `words`.
WordMatch matchWords(const PageReading& reading, std::vector<SeenWord> seen);

struct CommonWords {
  int of = 0;              ///< words of the first
  int same = 0;            ///< words of the longest common sequence
  std::vector<bool> kept;  ///< which of the first they are, in its order
  std::vector<std::string> others;
};
CommonWords commonWords(const PageReading& first, const PageReading& second);

}  // namespace sohoa::test
