#include "pipeline/common/file_names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace sohoa {
namespace {

TEST(NaturalOrder, PutsTwoBeforeTen) {
  EXPECT_TRUE(naturalLess("2.jpg", "10.jpg"));
  EXPECT_FALSE(naturalLess("10.jpg", "2.jpg"));
  EXPECT_TRUE(naturalLess("trang 9", "trang 10"));
  EXPECT_TRUE(naturalLess("a2b10", "a2b11"));
  EXPECT_TRUE(naturalLess("a", "a1"));
  EXPECT_TRUE(naturalLess("99999999999999999999998", "99999999999999999999999"));
}

TEST(NaturalOrder, TellsApartWhatIsEqualByValue) {
  EXPECT_NE(naturalLess("01", "1"), naturalLess("1", "01"));
  EXPECT_FALSE(naturalLess("1", "1"));
}

TEST(NaturalOrder, IsTheSameWhateverTheOrderThatTheDiskGives) {
  const std::vector<std::string> sorted = {"",  "0", "00", "001.jpg", "2.jpg", "10.jpg",
                                           "A", "a", "a1", "a01x",    "đ",     "\xFF"};
  std::vector<std::string> names = sorted;
  std::sort(names.begin(), names.end(), naturalLess);
  const std::vector<std::string> once = names;
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    std::shuffle(names.begin(), names.end(), random);
    std::sort(names.begin(), names.end(), naturalLess);
    ASSERT_EQ(names, once);
  }
  for (const std::string& a : names) {
    EXPECT_FALSE(naturalLess(a, a));
    for (const std::string& b : names) {
      if (a == b) continue;
      EXPECT_NE(naturalLess(a, b), naturalLess(b, a)) << a << ' ' << b;
    }
  }
}

TEST(AllowedName, IsPlainUtf8) {
  for (const char* name : {"001.jpg", "Quyết định số 12.pdf", ".ẩn", "a..b.jpg", " ", "~"}) {
    EXPECT_TRUE(allowedName(name)) << name;
  }
  EXPECT_TRUE(allowedName(std::string(255, 'a')));
}

TEST(AllowedName, LeadsNowhereElse) {
  for (const char* name :
       {"", ".", "..", "..001.jpg", "../001.jpg", "a/b", "/", "..\\001.jpg", "a\\b"}) {
    EXPECT_FALSE(allowedName(name)) << name;
  }
  EXPECT_FALSE(allowedName(std::string(256, 'a')));
}

TEST(AllowedName, HasNoControlCharactersAndNoBrokenUtf8) {
  for (const std::string& name :
       {std::string("a\nb"), std::string("a\0b", 3), std::string("\x7F"), std::string("\xC2\x85"),
        std::string("\xFF"), std::string("\xC0\xAF"), std::string("\xED\xA0\x80"),
        std::string("trang \xE1\xBA")}) {
    EXPECT_FALSE(allowedName(name)) << printable(name);
  }
}

TEST(Printable, ShowsWhatCannotBePrintedAsNumbers) {
  EXPECT_EQ(printable("Hồ sơ"), "Hồ sơ");
  EXPECT_EQ(printable("a\nb\xFF"), "a\\x0Ab\\xFF");
  EXPECT_EQ(printable(""), "");
}

TEST(Printable, KeepsDifferentNamesDifferent) {
  EXPECT_NE(printable("x\xFF"), printable("x\\xFF"));
  EXPECT_EQ(printable("\\"), "\\x5C");
}

TEST(SystemLeftover, IsWhatNobodyPutThere) {
  for (const char* name : {"Thumbs.db", "desktop.ini", ".DS_Store", "._001.jpg"}) {
    EXPECT_TRUE(systemLeftover(name)) << name;
  }
  for (const char* name : {"001.jpg", ".done", "Thumbs.db.jpg", ""})
    EXPECT_FALSE(systemLeftover(name)) << name;
}

TEST(MissingNumber, IsTheFirstGapInASequence) {
  EXPECT_EQ(missingNumber({"001.jpg", "002.jpg", "004.jpg"}), 3);
  EXPECT_EQ(missingNumber({"IMG_0457.jpg", "IMG_0459.jpg"}), 458);
  EXPECT_EQ(missingNumber({"KQ1-1.jpg", "KQ1-2.jpg", "KQ2-1.jpg", "KQ2-3.jpg"}), 2);
  EXPECT_EQ(missingNumber({"000001.jpg", "000003.jpg"}), 2);
}

TEST(MissingNumber, CountsPlainNumbersFromOne) {
  EXPECT_EQ(missingNumber({"002.jpg"}), 1);
  EXPECT_EQ(missingNumber({"0.jpg", "1.jpg"}), std::nullopt);
  EXPECT_EQ(missingNumber({"1.jpg"}), std::nullopt);
}

TEST(MissingNumber, IsNothingWhereThereIsNoSequence) {
  EXPECT_EQ(missingNumber({}), std::nullopt);
  EXPECT_EQ(missingNumber({"don.jpg", "quyet dinh.pdf"}), std::nullopt);
  EXPECT_EQ(missingNumber({"IMG_0457.jpg"}), std::nullopt);
  EXPECT_EQ(missingNumber({"1.jpg", "1.pdf", "2.jpg"}), std::nullopt);
}

TEST(MissingNumber, IsNotSoughtInDatesAndTimes) {
  EXPECT_EQ(missingNumber({"20210910.pdf"}), std::nullopt);
  EXPECT_EQ(missingNumber({"scan20210910.pdf", "scan20210915.pdf"}), std::nullopt);
  EXPECT_EQ(missingNumber({"20210910143020.jpg", "20210910143055.jpg"}), std::nullopt);
}

}  // namespace
}  // namespace sohoa
