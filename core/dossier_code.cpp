#include "core/dossier_code.h"

#include <regex>

namespace sohoa {

std::optional<DossierCode> DossierCode::parse(std::string_view text) {
  static const std::regex kForm(
      "(?:[0-9A-Z]{3}\\.[0-9A-Z]{2}\\.[0-9A-Z]{2}\\.[A-Z][0-9]{2}"  // TT 01/2018/TT-VPCP Art 19
      "|[A-Z][0-9]{2}(?:\\.[0-9A-Z]{1,3}){0,4})"                    // QĐ 20/2020/QĐ-TTg
      "-([0-9]{2})([0-9]{2})([0-9]{2})-[0-9]{4}");
  std::string code(text);
  std::smatch match;
  if (!std::regex_match(code, match, kForm)) return std::nullopt;
  const Day day{std::chrono::year{2000 + std::stoi(match[1])},
                std::chrono::month{static_cast<unsigned>(std::stoi(match[2]))},
                std::chrono::day{static_cast<unsigned>(std::stoi(match[3]))}};
  if (!day.ok()) return std::nullopt;
  return DossierCode(std::move(code), day);
}

}  // namespace sohoa
