#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sohoa {

/// A point in time, to the second, UTC.
using Time = std::chrono::sys_seconds;
/// A calendar day without a zone.
using Day = std::chrono::year_month_day;

/// The one source of time, so that tests and reproducible runs can fix it. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Time now() const override;
};

class FixedClock final : public Clock {
 public:
  explicit FixedClock(Time at) : at_(at) {}
  Time now() const override { return at_; }

 private:
  Time at_;
};

/// "2021-09-10T07:30:20Z"
std::string isoUtc(Time time);
/// "2021-09-10T14:30:20+07:00": Vietnam's zone, which has had no daylight saving since 1975.
std::string isoVietnam(Time time);
/// "2021-09-10"
std::string isoDay(Day day);
/// The day in Vietnam at that time.
Day vietnamDay(Time time);
/// Accepts what isoUtc and isoVietnam write.
std::optional<Time> parseIsoTime(std::string_view text);
/// Accepts "2021-09-10" when it is a day of the calendar.
std::optional<Day> parseIsoDay(std::string_view text);

}  // namespace sohoa
