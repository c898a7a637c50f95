#include "core/dossier_code.h"

#include <algorithm>
#include <vector>

namespace sohoa {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t end; (end = text.find(separator)) != std::string_view::npos;) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

bool isNumber(std::string_view text, std::size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), isDigit);
}

bool isUnit(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [](char c) { return isDigit(c) || isUpper(c); });
}

/// MX1X2: a ministry or province, "H46"
bool isProvince(std::string_view text) {
  return text.size() == 3 && isUpper(text[0]) && isDigit(text[1]) && isDigit(text[2]);
}

bool isAgency(std::string_view text) {
  const auto parts = split(text, '.');
  // TT 01/2018/TT-VPCP Art 19: V1V2V3.Z1Z2.Y1Y2.MX1X2
  if (parts.size() == 4 && isUnit(parts[0], 3, 3) && isUnit(parts[1], 2, 2) &&
      isUnit(parts[2], 2, 2) && isProvince(parts[3])) {
    return true;
  }
  // QĐ 20/2020/QĐ-TTg: from left to right, as many levels as the unit is deep
  return parts.size() <= 5 && isProvince(parts[0]) &&
         std::all_of(parts.begin() + 1, parts.end(),
                     [](std::string_view part) { return isUnit(part, 1, 3); });
}

unsigned twoDigits(std::string_view text, std::size_t at) {
  return static_cast<unsigned>(10 * (text[at] - '0') + (text[at + 1] - '0'));
}

}  // namespace

std::optional<DossierCode> DossierCode::parse(std::string_view text) {
  const auto parts = split(text, '-');
  if (parts.size() != 3 || !isAgency(parts[0]) || !isNumber(parts[1], 6) ||
      !isNumber(parts[2], 4)) {
    return std::nullopt;
  }
  const Day day{std::chrono::year{2000 + static_cast<int>(twoDigits(parts[1], 0))},
                std::chrono::month{twoDigits(parts[1], 2)},
                std::chrono::day{twoDigits(parts[1], 4)}};
  if (!day.ok()) return std::nullopt;
  return DossierCode(std::string(text), day);
}

}  // namespace sohoa
