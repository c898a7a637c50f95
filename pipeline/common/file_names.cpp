#include "pipeline/common/file_names.h"

#include <fmt/core.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace sohoa {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Length of the first character of `bytes` if it may be printed unchanged: valid UTF-8, no control
/// character, no backslash (which starts an escape); else 0.
std::size_t printableLength(std::string_view bytes) {
  utf8proc_int32_t point = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()),
                                       static_cast<utf8proc_ssize_t>(bytes.size()), &point);
  if (length <= 0 || utf8proc_category(point) == UTF8PROC_CATEGORY_CC || point == '\\') return 0;
  return static_cast<std::size_t>(length);
}

std::string_view takeDigits(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && isDigit(text[n])) ++n;
  const std::string_view run = text.substr(0, n);
  text.remove_prefix(n);
  return run;
}

std::string_view withoutZeros(std::string_view run) {
  const std::size_t first = run.find_first_not_of('0');
  return first == std::string_view::npos ? run.substr(run.size()) : run.substr(first);
}

}  // namespace

bool naturalLess(std::string_view a, std::string_view b) {
  const std::string_view wholeA = a, wholeB = b;
  while (!a.empty() && !b.empty()) {
    if (isDigit(a.front()) && isDigit(b.front())) {
      const std::string_view x = withoutZeros(takeDigits(a)), y = withoutZeros(takeDigits(b));
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
    } else if (a.front() != b.front()) {
      return static_cast<unsigned char>(a.front()) < static_cast<unsigned char>(b.front());
    } else {
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  if (a.empty() != b.empty()) return a.empty();
  return wholeA < wholeB;  // "01" and "1": equal by value, but ordered
}

bool allowedName(std::string_view name) {
  if (name.empty() || name == "." || name.starts_with("..") || name.size() > 255) return false;
  while (!name.empty()) {
    const std::size_t length = printableLength(name);
    if (length == 0 || name.front() == '/') return false;
    name.remove_prefix(length);
  }
  return true;
}

std::string printable(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    if (const std::size_t length = printableLength(bytes)) {
      text += bytes.substr(0, length);
      bytes.remove_prefix(length);
    } else {
      text += fmt::format("\\x{:02X}", static_cast<unsigned char>(bytes.front()));
      bytes.remove_prefix(1);
    }
  }
  return text;
}

bool systemLeftover(std::string_view name) {
  static constexpr std::array kNames = {
      std::string_view("Thumbs.db"), std::string_view("thumbs.db"), std::string_view("desktop.ini"),
      std::string_view("Desktop.ini"), std::string_view(".DS_Store")};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() || name.starts_with("._");
}

std::optional<int> missingNumber(const std::vector<std::string>& names) {
  std::map<std::string, std::set<int>> sequences;  // text before the number -> the numbers
  for (const std::string& name : names) {
    const std::string_view stem = std::string_view(name).substr(0, name.rfind('.'));
    std::size_t start = stem.size();
    while (start > 0 && isDigit(stem[start - 1])) --start;
    const std::string_view digits = stem.substr(start);
    const bool dateOrTime = digits.size() >= 6 && digits.front() != '0';
    if (digits.empty() || digits.size() > 9 || dateOrTime) continue;
    sequences[std::string(stem.substr(0, start))].insert(std::stoi(std::string(digits)));
  }
  for (const auto& [prefix, numbers] : sequences) {
    if (prefix.empty() == false && numbers.size() < 2) continue;
    int expected = prefix.empty() ? std::min(1, *numbers.begin()) : *numbers.begin();
    for (int number : numbers) {
      if (number != expected) return expected;
      ++expected;
    }
  }
  return std::nullopt;
}

}  // namespace sohoa
