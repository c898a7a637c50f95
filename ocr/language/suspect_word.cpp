#include "ocr/language/suspect_word.h"

#include <algorithm>
#include <string>

#include "ocr/language/document_grammar.h"
#include "ocr/language/syllable.h"

namespace sohoa {
namespace {

bool isDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool isLetter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
         (c >= 0xC0 && c <= 0x1EF9 && c != 0xD7 && c != 0xF7);
}
bool isUpper(char32_t c) {
  if (c >= U'A' && c <= U'Z') return true;
  const LetterParts parts = takeApart(c);
  return parts.known && parts.upper;
}

constexpr std::u32string_view kUnusual = U"?!*#@$~_|\\<>{}[]^`§°±•…¡¿";

/// Word-inner separators of office prose: "17/2013/NĐ-CP", "Thừa-Thiên".
bool isSeparator(char32_t c) {
  return c == U'/' || c == U'-' || c == U'.' || c == U',' || c == U':' || c == U'&' || c == U'–';
}

/// d/m/yyyy with parts out of range; other numbers with slashes are document numbers.
bool isImpossibleDate(const std::u32string& token) {
  int parts[3] = {0, 0, 0}, count = 0, digits = 0;
  std::size_t yearDigits = 0;
  for (const char32_t c : token) {
    if (isDigit(c)) {
      parts[count] = parts[count] * 10 + static_cast<int>(c - U'0');
      if (++digits > 4) return false;
      yearDigits = static_cast<std::size_t>(digits);
    } else if (c == U'/' && count < 2 && digits > 0) {
      ++count;
      digits = 0;
    } else {
      return false;
    }
  }
  if (count != 2 || yearDigits != 4) return false;
  return parts[0] < 1 || parts[0] > 31 || parts[1] < 1 || parts[1] > 12 || parts[2] < 1900 ||
         parts[2] > 2100;
}

bool isOddPiece(const std::u32string& piece) {
  bool digits = false, letters = false, lower = false;
  for (const char32_t c : piece) {
    digits = digits || isDigit(c);
    letters = letters || isLetter(c);
    lower = lower || (isLetter(c) && !isUpper(c));
  }
  if (!letters) return false;
  if (digits) {
    // 5a, 12B, D400, m2: a letter or two beside digits; more is a misreading, and so is a single
    // letter among few: "7B1" (plates and permits have many: 29A8012345).
    const bool among =
        piece.size() > 2 && piece.size() < 5 && isDigit(piece.front()) && isDigit(piece.back());
    return (lower && piece.size() > 3) || among;
  }
  const auto isUnit = [&](std::u32string_view unit) { return piece == unit; };
  if (isUnit(U"km") || isUnit(U"mg") || isUnit(U"kg") || isUnit(U"ml") || isUnit(U"mm") ||
      isUnit(U"cm") || isUnit(U"ha") || isUnit(U"kW") || isUnit(U"pH")) {
    return false;
  }
  if (!lower) return false;             // abbreviations: UBND, TNHH, QĐ, STNMT
  if (piece.size() == 1) return false;  // list items: a) b), d.
  // Abbreviations in mixed case: TTr, NQ-HĐND, BTNMTh
  const auto uppers = std::count_if(piece.begin(), piece.end(), isUpper);
  if (uppers >= 2 && static_cast<std::size_t>(uppers) * 2 > piece.size()) return false;
  return !isLegalSyllable(toUtf8(piece));
}

/// "X(m)", whose space was lost, and two marks where one ends a word: "SO;,".
bool hasOddSigns(const std::u32string& points) {
  const auto ends = [](char32_t c) { return c == U';' || c == U':' || c == U','; };
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i] == U'(' && isLetter(points[i - 1])) return true;
    if (ends(points[i]) && ends(points[i - 1])) return true;
  }
  return false;
}

}  // namespace

bool isSuspect(std::string_view word, double confidence) {
  constexpr double kLow = 0.88;
  if (confidence < kLow || breaksGrammar(word)) return true;
  std::u32string points = toCodePoints(word);
  if (hasOddSigns(points) || word == "." || word == ",") return true;
  const auto core = [](char32_t c) { return isLetter(c) || isDigit(c); };
  if (std::any_of(points.begin(), points.end(),
                  [](char32_t c) { return kUnusual.find(c) != std::u32string_view::npos; })) {
    return true;
  }
  while (!points.empty() && !core(points.back())) points.pop_back();
  while (!points.empty() && !core(points.front())) points.erase(points.begin());
  if (isImpossibleDate(points)) return true;
  std::u32string piece;
  for (const char32_t c : points + U"/") {
    if (!isSeparator(c) && c != U'(' && c != U')') {
      piece += c;
      continue;
    }
    if (isOddPiece(piece)) return true;
    piece.clear();
  }
  return false;
}

}  // namespace sohoa
