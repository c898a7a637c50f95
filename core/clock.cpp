#include "core/clock.h"

#include <fmt/core.h>

namespace sohoa {
namespace {

constexpr std::chrono::hours kVietnam{7};

/// Reads exactly `width` digits at `at`.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (text.size() < at + width) return std::nullopt;
  int value = 0;
  for (char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string isoDateTime(Time local) {
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss clock{local - day};
  return fmt::format("{}T{:02}:{:02}:{:02}", isoDay(Day{day}), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

}  // namespace

Time SystemClock::now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string isoUtc(Time time) { return isoDateTime(time) + "Z"; }
std::string isoVietnam(Time time) { return isoDateTime(time + kVietnam) + "+07:00"; }

std::string isoDay(Day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

Day vietnamDay(Time time) { return Day{std::chrono::floor<std::chrono::days>(time + kVietnam)}; }

std::optional<Day> parseIsoDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const Day result{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                   std::chrono::day{static_cast<unsigned>(*day)}};
  if (!result.ok()) return std::nullopt;
  return result;
}

std::optional<Time> parseIsoTime(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const auto day = parseIsoDay(text.substr(0, 10));
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!day || !hour || !minute || !second) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  const Time local = std::chrono::sys_days{*day} + std::chrono::hours{*hour} +
                     std::chrono::minutes{*minute} + std::chrono::seconds{*second};
  const std::string_view zone = text.substr(19);
  if (zone == "Z") return local;
  if (zone == "+07:00") return local - kVietnam;
  return std::nullopt;
}

}  // namespace sohoa
