#include "storage/inventory_rules.h"

#include <algorithm>
#include <cctype>
#include <regex>
#include <string>

#include "core/clock.h"

namespace sohoa {

bool isRfc3339(std::string_view text) {
  static const std::regex kShape(
      R"(\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d))");
  return text.size() < 64 && std::regex_match(text.begin(), text.end(), kShape) &&
         parseIsoDay(text.substr(0, 10));
}

bool isUri(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == text.size()) return false;
  if (!std::isalpha(static_cast<unsigned char>(text[0]))) return false;
  for (char c : text.substr(0, colon)) {
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '+' && c != '-' && c != '.') {
      return false;
    }
  }
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' '; });
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

}  // namespace sohoa
