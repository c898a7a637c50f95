#include "storage/catalogue/search_filters.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "tests/storage/sample.h"

namespace sohoa {
namespace {

using std::chrono::sys_days, std::chrono::days;
using test::day;
using testing::ElementsAre;

std::vector<std::string> marksOf(Day from, Day to) {
  SearchFilter filter;
  filter.from = from;
  filter.to = to;
  return marksFor(filter).at(0);
}

/// Whether a document of that day is found by one of the marks.
bool found(Day day, const std::vector<std::string>& marks) {
  std::istringstream own(filterMarks({"", "", isoDay(day), "in_force", ""}));
  for (std::string mark; own >> mark;) {
    if (std::find(marks.begin(), marks.end(), mark) != marks.end()) return true;
  }
  return false;
}

TEST(MarksOfAPeriod, AreAsFewAsThereCanBe) {
  EXPECT_THAT(marksOf(day(2021, 1, 1), day(2021, 12, 31)), ElementsAre("y2021"));
  EXPECT_THAT(marksOf(day(2021, 9, 1), day(2021, 10, 31)), ElementsAre("m202109", "m202110"));
  EXPECT_THAT(marksOf(day(2020, 12, 31), day(2022, 2, 1)),
              ElementsAre("d20201231", "y2021", "m202201", "d20220201"));
  EXPECT_THAT(marksOf(day(2020, 2, 28), day(2020, 3, 1)),
              ElementsAre("d20200228", "d20200229", "d20200301"));
  EXPECT_LE(marksOf(day(1945, 1, 2), day(2100, 12, 30)).size(), 240u);
}

TEST(MarksOfAPeriod, CoverEveryDayOfItAndNoOther) {
  const sys_days first(day(2019, 11, 20));
  for (int begin = 0; begin < 500; begin += 37) {
    for (int length = 1; length < 900; length = length * 2 + 3) {
      const sys_days from = first + days(begin), to = from + days(length - 1);
      const auto marks = marksOf(from, to);
      for (sys_days at = from - days(40); at <= to + days(40); at += days(1)) {
        ASSERT_EQ(found(at, marks), at >= from && at <= to)
            << isoDay(at) << " in " << isoDay(from) << ".." << isoDay(to);
      }
    }
  }
}

TEST(MarksOfAPeriod, OfOneThatEndsBeforeItBeginsFindNothingButAreThere) {
  EXPECT_EQ(marksOf(day(2021, 9, 2), day(2021, 9, 1)).size(), 1u)
      << "an empty list would be no filter at all";
}

}  // namespace
}  // namespace sohoa
