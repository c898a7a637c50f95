#include "core/clock.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

using std::chrono::day;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;

Day on(int y, unsigned m, unsigned d) { return Day{year{y}, month{m}, day{d}}; }
Time at(Day date, int h, int m, int s) {
  return sys_days{date} + hours{h} + minutes{m} + seconds{s};
}

TEST(Clock, WritesTheSameInstantInBothZones) {
  const Time time = at(on(2021, 9, 10), 7, 30, 20);
  EXPECT_EQ(isoUtc(time), "2021-09-10T07:30:20Z");
  EXPECT_EQ(isoVietnam(time), "2021-09-10T14:30:20+07:00");
}

TEST(Clock, TurnsTheDayAtMidnightInVietnam) {
  EXPECT_EQ(vietnamDay(at(on(2021, 9, 9), 16, 59, 59)), on(2021, 9, 9));
  EXPECT_EQ(vietnamDay(at(on(2021, 9, 9), 17, 0, 0)), on(2021, 9, 10));
  EXPECT_EQ(isoVietnam(at(on(2021, 12, 31), 17, 0, 0)), "2022-01-01T00:00:00+07:00");
}

TEST(Clock, ReadsBackWhatItWrites) {
  for (const Time time : {at(on(1969, 12, 31), 23, 59, 59), at(on(1970, 1, 1), 0, 0, 0),
                          at(on(2020, 2, 29), 23, 59, 59), at(on(2038, 1, 19), 3, 14, 8),
                          at(on(9999, 12, 31), 16, 59, 59), at(on(1, 1, 1), 0, 0, 0)}) {
    EXPECT_EQ(parseIsoTime(isoUtc(time)), time) << isoUtc(time);
    EXPECT_EQ(parseIsoTime(isoVietnam(time)), time) << isoVietnam(time);
  }
}

TEST(Clock, ReadsBackEveryDayOfFourYears) {
  for (sys_days date = on(2019, 12, 31); date <= sys_days{on(2024, 1, 1)};
       date += std::chrono::days{1}) {
    EXPECT_EQ(parseIsoDay(isoDay(Day{date})), Day{date});
  }
}

TEST(Clock, ReadsNoDayThatTheCalendarLacks) {
  EXPECT_EQ(parseIsoDay("2020-02-29"), on(2020, 2, 29));
  for (const char* text :
       {"2021-02-29", "2021-00-10", "2021-13-01", "2021-04-31", "2021-01-00", "1900-02-29"}) {
    EXPECT_EQ(parseIsoDay(text), std::nullopt) << text;
  }
}

TEST(Clock, ReadsNoDayInAnotherForm) {
  for (const char* text :
       {"", "2021-9-10", "2021/09/10", "10-09-2021", "2021-09-10 ", " 2021-09-10", "2021-09-1O",
        "+021-09-10", "-021-09-10", "2021-09-100", "20210910"}) {
    EXPECT_EQ(parseIsoDay(text), std::nullopt) << text;
  }
}

TEST(Clock, ReadsNoTimeOutOfBoundsOrInAnotherForm) {
  EXPECT_TRUE(parseIsoTime("2021-09-10T23:59:59Z"));
  for (const char* text :
       {"", "2021-09-10", "2021-09-10T07:30:20", "2021-09-10T24:00:00Z", "2021-09-10T07:60:20Z",
        "2021-09-10T07:30:60Z", "2021-02-30T07:30:20Z", "2021-09-10 07:30:20Z",
        "2021-09-10T07:30:20z", "2021-09-10T07:30:20+08:00", "2021-09-10T07:30:20.5Z",
        "2021-09-10T07:30:20ZZ", "2021-09-10T-7:30:20Z"}) {
    EXPECT_EQ(parseIsoTime(text), std::nullopt) << text;
  }
}

TEST(Clock, CanBeFixed) {
  const Time time = at(on(2021, 9, 10), 7, 30, 20);
  const FixedClock fixed(time);
  const Clock& clock = fixed;
  EXPECT_EQ(clock.now(), time);
  EXPECT_EQ(clock.now(), time);
}

TEST(Clock, OfTheSystemIsTheSystems) {
  const auto before = std::chrono::system_clock::now() - seconds{1};
  const Time now = SystemClock().now();
  EXPECT_GE(now, before);
  EXPECT_LE(now, std::chrono::system_clock::now());
}

}  // namespace
}  // namespace sohoa
