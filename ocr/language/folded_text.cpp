#include "ocr/language/folded_text.h"

#include <algorithm>
#include <vector>

#include "ocr/language/syllable.h"

namespace sohoa {

std::string foldCapitals(std::string_view text) {
  std::string out;
  for (const char32_t c : toCodePoints(text)) {
    if (c < 0x80) {
      out += c >= U'a' && c <= U'z' ? static_cast<char>(c - 32) : static_cast<char>(c);
      continue;
    }
    const LetterParts parts = takeApart(c);
    switch (parts.known ? parts.base : c) {
      case U'ă':
      case U'â':
      case U'a':
        out += 'A';
        break;
      case U'ê':
      case U'e':
        out += 'E';
        break;
      case U'ô':
      case U'ơ':
      case U'o':
        out += 'O';
        break;
      case U'ư':
      case U'u':
        out += 'U';
        break;
      case U'i':
        out += 'I';
        break;
      case U'y':
        out += 'Y';
        break;
      case U'đ':
      case U'Đ':
      case U'Ð':
      case U'ð':
        out += 'D';
        break;
      case U'–':
      case U'—':
        out += '-';
        break;
      default:
        out += '?';
    }
  }
  return out;
}

double difference(std::string_view a, std::string_view b) {
  if (a.empty() && b.empty()) return 0;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return static_cast<double>(row.back()) / static_cast<double>(std::max(a.size(), b.size()));
}

bool isCapitals(std::string_view text, double share) {
  int letters = 0, capitals = 0;
  for (const char32_t c : toCodePoints(text)) {
    const LetterParts parts = takeApart(c);
    const bool ascii = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
    if (!ascii && !parts.known) continue;
    ++letters;
    capitals += (ascii ? c <= U'Z' : parts.upper) ? 1 : 0;
  }
  return letters > 0 && capitals >= share * letters;
}

}  // namespace sohoa
