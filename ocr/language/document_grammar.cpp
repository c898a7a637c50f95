#include "ocr/language/document_grammar.h"

#include <algorithm>

#include "core/dossier_code.h"
#include "ocr/language/syllable.h"

namespace sohoa {
namespace {

using Texts = std::u32string;

bool isDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool isSpace(char32_t c) { return c == U' '; }

/// A year "2021" between slashes.
bool isYear(const Texts& text) {
  return text.size() == 4 && std::all_of(text.begin(), text.end(), isDigit) &&
         (text[0] == U'1' || text[0] == U'2');
}

bool isSymbol(const Texts& symbol) {
  int capitals = 0, small = 0;
  for (const char32_t c : symbol) {
    if (c == U'-' || c == U'/' || c == U'&' || c == U'.' || isDigit(c)) continue;
    const LetterParts parts = takeApart(c);
    if ((c >= U'A' && c <= U'Z') || (parts.known && parts.upper)) {
      ++capitals;
    } else if ((c >= U'a' && c <= U'z') || parts.known) {
      ++small;
    } else {
      return false;
    }
  }
  // QyĐ, TTr, CTr, TrS, QĐ-TTg: one small letter in an abbreviation, at most.
  return capitals >= 2 && small <= 2 && symbol.front() != U'-' && symbol.back() != U'-';
}

}  // namespace

std::optional<NumberParts> parseNumber(std::string_view text) {
  Texts all;
  for (const char32_t c : toCodePoints(text)) {
    if (!isSpace(c)) all += c;
  }
  while (!all.empty() && (all.front() == U':' || all.front() == U'.' || all.front() == U' '))
    all.erase(all.begin());
  while (!all.empty() && (all.back() == U'.' || all.back() == U',' || all.back() == U';' ||
                          all.back() == U':' || all.back() == U'-'))
    all.pop_back();
  const std::size_t slash = all.find(U'/');
  const bool digits = std::any_of(all.begin(), all.end(), isDigit);
  if (slash == Texts::npos && !digits) return std::nullopt;

  NumberParts parts;
  Texts number = slash == Texts::npos ? all : all.substr(0, slash);
  Texts rest = slash == Texts::npos ? Texts() : all.substr(slash + 1);
  // Before 2011: "123QĐ/UB": the type stands before the slash.
  std::size_t end = 0;
  while (end < number.size() && isDigit(number[end])) ++end;
  if (end > 0 && number.size() >= end + 2 && isSymbol(number.substr(end))) {
    rest = number.substr(end) + (rest.empty() ? Texts() : U"/" + rest);
    number.resize(end);
  }
  if (const std::size_t second = rest.find(U'/');
      second != Texts::npos && isYear(rest.substr(0, second))) {
    parts.year = toUtf8(rest.substr(0, second));
    rest.erase(0, second + 1);
  }
  parts.number = toUtf8(number);
  parts.symbol = toUtf8(rest);
  // A letter may follow the number: 12a/QĐ-UBND.
  std::size_t tail = number.size();
  if (tail > 1 && number.back() >= U'a' && number.back() <= U'e') --tail;
  parts.wellFormed =
      tail > 0 && tail <= 6 &&
      std::all_of(number.begin(), number.begin() + static_cast<std::ptrdiff_t>(tail), isDigit) &&
      !rest.empty() && isSymbol(rest);
  return parts;
}

std::string numberText(const NumberParts& parts) {
  std::string text = parts.number;
  if (!parts.year.empty()) text += "/" + parts.year;
  if (!parts.symbol.empty()) text += "/" + parts.symbol;
  return text;
}

std::optional<Day> parseDay(std::string_view day, std::string_view month, std::string_view year) {
  const auto whole = [](std::string_view text, std::size_t longest) {
    int value = 0;
    if (text.empty() || text.size() > longest) return -1;
    for (const char c : text) {
      if (c < '0' || c > '9') return -1;
      value = 10 * value + (c - '0');
    }
    return value;
  };
  const int d = whole(day, 2), m = whole(month, 2), y = whole(year, 4);
  if (d < 1 || m < 1 || y < 1945 || y > 2099) return std::nullopt;
  const Day found{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(m)},
                  std::chrono::day{static_cast<unsigned>(d)}};
  if (!found.ok()) return std::nullopt;
  return found;
}

bool looksLikeName(std::string_view text) {
  int words = 0, legal = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    const Texts letters = toCodePoints(word);
    if (letters.size() > 7) return false;
    const LetterParts first = takeApart(letters.front());
    const bool upper =
        first.known ? first.upper : letters.front() >= U'A' && letters.front() <= U'Z';
    if (!upper) return false;
    ++words;
    legal += isLegalSyllable(word) ? 1 : 0;
  }
  return words >= 2 && words <= 6 && 3 * legal >= 2 * words;
}

bool breaksGrammar(std::string_view word) {
  Texts points = toCodePoints(word);
  const auto edge = [](char32_t c) {
    return c == U'.' || c == U',' || c == U';' || c == U':' || c == U')' || c == U'(' || c == U'"';
  };
  while (!points.empty() && edge(points.back())) points.pop_back();
  while (!points.empty() && edge(points.front())) points.erase(points.begin());
  const auto digits = std::count_if(points.begin(), points.end(), isDigit);
  const auto lookAlike = [](char32_t c) {
    return c == U'O' || c == U'o' || c == U'l' || c == U'I' || c == U'S' || c == U'B' || c == U'Z';
  };
  // Almost a dossier code: "000.00.12.H46-21O910-0001".
  const auto dashes = std::count(points.begin(), points.end(), U'-');
  const auto dots = std::count(points.begin(), points.end(), U'.');
  if (dashes == 2 && dots >= 2 && digits >= 12) {
    return !DossierCode::parse(toUtf8(points));
  }
  // A number of a document: digits before the first slash. "l234/QĐ-UBND", "1O/NQ-CP"
  const std::size_t slash = points.find(U'/');
  if (slash != Texts::npos && slash > 0) {
    const Texts head = points.substr(0, slash);
    const auto headDigits = std::count_if(head.begin(), head.end(), isDigit);
    if (headDigits > 0 && static_cast<std::size_t>(headDigits) < head.size() &&
        std::all_of(head.begin(), head.end(),
                    [&](char32_t c) { return isDigit(c) || lookAlike(c); })) {
      return true;
    }
    // d/m/yyyy with a look-alike in it, or two dots in a number's symbol
    const bool dateLike = std::count(points.begin(), points.end(), U'/') == 2 &&
                          std::all_of(points.begin(), points.end(), [&](char32_t c) {
                            return isDigit(c) || lookAlike(c) || c == U'/';
                          });
    if (dateLike && digits >= 5 && static_cast<std::size_t>(digits) + 2 < points.size())
      return true;
    if (dateLike && static_cast<std::size_t>(digits) + 2 == points.size()) {
      const std::size_t second = points.find(U'/', slash + 1);
      const std::string year = toUtf8(points.substr(second + 1));
      if (year.size() == 4 && second - slash <= 3 && slash <= 2) {
        return !parseDay(toUtf8(head), toUtf8(points.substr(slash + 1, second - slash - 1)), year);
      }
    }
  }
  return false;
}

}  // namespace sohoa
