#include "storage/ocfl/inventory_rules.h"

#include <algorithm>
#include <cctype>

#include "core/clock.h"

namespace sohoa {

namespace {

/// "hh:mm" within a day.
bool isClock(std::string_view text) {
  return text.size() == 5 && isDigits(text.substr(0, 2)) && text[2] == ':' &&
         isDigits(text.substr(3)) && text.substr(0, 2) <= "23" && text.substr(3) <= "59";
}

bool isZone(std::string_view text) {
  if (text == "Z" || text == "z") return true;
  return !text.empty() && (text[0] == '+' || text[0] == '-') && isClock(text.substr(1));
}

}  // namespace

bool isRfc3339(std::string_view text) {
  if (text.size() < 20 || !parseIsoDay(text.substr(0, 10))) return false;
  const std::string_view second = text.substr(17, 2);
  if ((text[10] != 'T' && text[10] != 't') || !isClock(text.substr(11, 5)) || text[16] != ':' ||
      !isDigits(second) || second > "60") {
    return false;
  }
  text.remove_prefix(19);
  if (text.front() == '.') {
    const auto end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    if (end == 1) return false;
    text.remove_prefix(end);
  }
  return isZone(text);
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

bool isDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isDeclaration(std::string_view name) {
  const auto equals = name.find('=');
  return equals != std::string_view::npos && isDigits(name.substr(0, equals));
}

std::string_view declaredVersion(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return {};
  const std::string_view version = name.substr(prefix.size());
  const auto dot = version.find('.');
  if (dot == std::string_view::npos || !isDigits(version.substr(0, dot)) ||
      !isDigits(version.substr(dot + 1))) {
    return {};
  }
  return version;
}

std::string sidecarDigest(std::string_view sidecar) {
  const auto space = sidecar.find_first_of(" \t");
  const auto name = sidecar.find_first_not_of(" \t", space);
  if (name == std::string_view::npos || space == 0) return {};
  const std::string_view digest = sidecar.substr(0, space);
  std::string_view rest = sidecar.substr(name);
  rest = rest.substr(0, rest.find_last_not_of(" \t\r\n") + 1);
  const bool hex = digest.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  return hex && rest == "inventory.json" ? std::string(digest) : std::string();
}

}  // namespace sohoa
