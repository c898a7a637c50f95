#include "samples/texts/pools.h"

#include <gtest/gtest.h>

#include <chrono>

namespace sohoa::samples {
namespace {

TEST(Pools, NumbersAreGroupedTheVietnameseWay) {
  EXPECT_EQ(vietnameseNumber(1234.5, 1), "1.234,5");
  EXPECT_EQ(vietnameseNumber(987), "987");
  EXPECT_EQ(vietnameseNumber(1905000.04, 2), "1.905.000,04");
}

TEST(Pools, NumbersAreSpeltOutWithTheirIrregularForms) {
  EXPECT_EQ(numberInWords(5), "năm");
  EXPECT_EQ(numberInWords(15), "mười lăm");
  EXPECT_EQ(numberInWords(21), "hai mươi mốt");
  EXPECT_EQ(numberInWords(105), "một trăm linh năm");
  EXPECT_EQ(numberInWords(2025), "hai nghìn không trăm hai mươi lăm");
}

TEST(Pools, CapitalsKeepTheirMarks) {
  EXPECT_EQ(capitalised("đất ở"), "Đất ở");
  EXPECT_EQ(upperCase("ủy ban nhân dân"), "ỦY BAN NHÂN DÂN");
}

TEST(Pools, DatesMoveAcrossMonths) {
  EXPECT_EQ((Date{2021, 2, 27}.plus(2).iso()), "2021-03-01");
  EXPECT_EQ((Date{2021, 1, 1}.plus(-1).iso()), "2020-12-31");
  // NĐ 30/2020/NĐ-CP: a zero stands before days under 10 and months 1 and 2.
  EXPECT_EQ((Date{2021, 2, 3}.slash()), "03/02/2021");
  EXPECT_EQ((Date{2021, 9, 10}.slash()), "10/9/2021");
}

TEST(Pools, DrawnDatesAreWorkingDaysOfTheMonths) {
  Random random(3);
  for (int i = 0; i < 500; ++i) {
    const Date date = drawDate(random, 4, 9);
    EXPECT_GE(date.iso(), "2021-03-31");
    EXPECT_LE(date.iso(), "2021-09-30");
    const std::chrono::sys_days day{std::chrono::year{date.year} / date.month / date.day};
    EXPECT_LE(std::chrono::weekday{day}.iso_encoding(), 5U) << date.iso();
  }
}

}  // namespace
}  // namespace sohoa::samples
