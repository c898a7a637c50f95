#include "signing/base/pdf_date.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sohoa {

std::string pdfDate(Time time) {
  return fmt::format(
      "D:{:%Y%m%d%H%M%S}+07'00'",
      fmt::gmtime(static_cast<std::time_t>(time.time_since_epoch().count() + 7 * 3600)));
}

std::optional<Time> parsePdfDate(std::string_view text) {
  if (text.starts_with("D:")) text.remove_prefix(2);
  const auto digits = [&](std::size_t at, std::size_t width) {
    int value = -1;
    if (text.size() < at + width) return -1;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + width, value);
    return error == std::errc() && end == text.data() + at + width ? value : -1;
  };
  const int year = digits(0, 4), month = digits(4, 2), day = digits(6, 2);
  const int hour = digits(8, 2), minute = digits(10, 2), second = digits(12, 2);
  if (year < 0 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0) return {};
  const Day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                 std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return {};
  Time time = std::chrono::sys_days{date} + std::chrono::hours{hour} +
              std::chrono::minutes{minute} + std::chrono::seconds{second};
  if (text.size() > 14 && (text[14] == '+' || text[14] == '-')) {
    const int hours = digits(15, 2), minutes = std::max(0, digits(18, 2));
    if (hours < 0) return {};
    const auto offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    time += text[14] == '-' ? offset : -offset;
  }
  return time;
}

}  // namespace sohoa
