#include "pipeline/common/period.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

std::string span(std::string_view text) {
  const auto period = parsePeriod(text);
  if (!period) return "none";
  EXPECT_EQ(period->name, text);
  return isoDay(period->from) + " " + isoDay(period->to);
}

TEST(Period, IsAYearItsHalfItsQuarterItsMonthOrADay) {
  EXPECT_EQ(span("2021"), "2021-01-01 2021-12-31");
  EXPECT_EQ(span("2021-H1"), "2021-01-01 2021-06-30");
  EXPECT_EQ(span("2021-H2"), "2021-07-01 2021-12-31");
  EXPECT_EQ(span("2021-Q1"), "2021-01-01 2021-03-31");
  EXPECT_EQ(span("2021-Q4"), "2021-10-01 2021-12-31");
  EXPECT_EQ(span("2024-02"), "2024-02-01 2024-02-29");
  EXPECT_EQ(span("2021-02"), "2021-02-01 2021-02-28");
  EXPECT_EQ(span("2021-09-10"), "2021-09-10 2021-09-10");
}

TEST(Period, IsAnySpanOfDays) {
  EXPECT_EQ(span("2021-07-01..2021-09-30"), "2021-07-01 2021-09-30");
  EXPECT_EQ(span("2021-07-01..2021-07-01"), "2021-07-01 2021-07-01");
}

TEST(Period, IsNothingElse) {
  for (const char* text : {"",           "21",
                           "202",        "20211",
                           "2021-",      "2021-Q0",
                           "2021-Q5",    "2021-H3",
                           "2021-Q11",   "2021-13",
                           "2021-00",    "2021-1",
                           "2021-02-30", "2021-09-30..2021-09-01",
                           "2021..2022", "..",
                           "2021-Q4 ",   "quý 4",
                           "1899",       "-021",
                           "２０２１"}) {
    EXPECT_EQ(span(text), "none") << text;
  }
}

}  // namespace
}  // namespace sohoa
