#include "pipeline/common/period.h"

namespace sohoa {
namespace {

Period months(int year, unsigned first, unsigned last, std::string_view name) {
  const std::chrono::year y{year};
  return {Day{y, std::chrono::month{first}, std::chrono::day{1}},
          Day{std::chrono::year_month_day_last{y / std::chrono::month{last} / std::chrono::last}},
          std::string(name)};
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return digits.empty() ? std::nullopt : std::optional(value);
}

}  // namespace

std::optional<Period> parsePeriod(std::string_view text) {
  if (const auto dots = text.find(".."); dots != std::string_view::npos) {
    const auto from = parseIsoDay(text.substr(0, dots)), to = parseIsoDay(text.substr(dots + 2));
    if (!from || !to || *to < *from) return std::nullopt;
    return Period{*from, *to, std::string(text)};
  }
  if (const auto day = parseIsoDay(text)) return Period{*day, *day, std::string(text)};
  const auto year = number(text.substr(0, 4));
  if (!year || text.size() < 4 || *year < 1900) return std::nullopt;
  if (text.size() == 4) return months(*year, 1, 12, text);
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto part = number(text.substr(6)), month = number(text.substr(5));
  if (text[5] == 'Q' && part && *part >= 1 && *part <= 4) {
    return months(*year, static_cast<unsigned>(3 * *part - 2), static_cast<unsigned>(3 * *part),
                  text);
  }
  if (text[5] == 'H' && part && *part >= 1 && *part <= 2) {
    return months(*year, static_cast<unsigned>(6 * *part - 5), static_cast<unsigned>(6 * *part),
                  text);
  }
  if (month && *month >= 1 && *month <= 12) {
    return months(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*month), text);
  }
  return std::nullopt;
}

}  // namespace sohoa
