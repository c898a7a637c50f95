#include "core/dossier_code.h"

#include <gtest/gtest.h>

#include <string>

namespace sohoa {
namespace {

Day on(int y, unsigned m, unsigned d) {
  return Day{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

TEST(DossierCode, IsReadInTheFormOf2018) {
  const auto code = DossierCode::parse("000.00.12.H46-210910-0001");
  ASSERT_TRUE(code);
  EXPECT_EQ(code->text(), "000.00.12.H46-210910-0001");
  EXPECT_EQ(code->receivedOn(), on(2021, 9, 10));
}

TEST(DossierCode, IsReadInTheFormOf2020) {
  for (const char* text : {"H46-210910-0001", "H46.12-210910-0001", "H46.12.3-210910-9999",
                           "G01.32.10.001-210910-0000", "H46.1.2.3.4-210910-0001"}) {
    const auto code = DossierCode::parse(text);
    ASSERT_TRUE(code) << text;
    EXPECT_EQ(code->text(), text);
    EXPECT_EQ(code->receivedOn(), on(2021, 9, 10));
  }
}

TEST(DossierCode, NamesItsObjectAndResults) {
  const auto code = DossierCode::parse("000.00.12.H46-210910-0001");
  ASSERT_TRUE(code);
  EXPECT_EQ(code->objectId(), "urn:sohoa:dossier:000.00.12.H46-210910-0001");
  EXPECT_EQ(code->resultCode(1), "000.00.12.H46-210910-0001-KQ1");
  EXPECT_EQ(code->resultCode(12), "000.00.12.H46-210910-0001-KQ12");
}

TEST(DossierCode, NeedsADayOfTheCalendar) {
  EXPECT_TRUE(DossierCode::parse("H46.12-200229-0001")) << "2020 is a leap year";
  for (const char* day : {"210229", "211301", "210001", "210900", "210931", "219999"}) {
    EXPECT_FALSE(DossierCode::parse("H46.12-" + std::string(day) + "-0001")) << day;
  }
}

TEST(DossierCode, IsNothingElse) {
  for (const char* text : {"",
                           "-210910-0001",
                           "000.00.12.H46",
                           "000.00.12.H46-210910",
                           "000.00.12.H46-210910-001",
                           "000.00.12.H46-210910-00001",
                           "000.00.12.H46-21091-0001",
                           "000.00.12.h46-210910-0001",
                           "000.00.12.H4-210910-0001",
                           "00.00.12.H46-210910-0001",
                           "000.0.12.H46-210910-0001",
                           "000-00-12-H46-210910-0001",
                           "000.00.12.H46_210910_0001",
                           " 000.00.12.H46-210910-0001",
                           "000.00.12.H46-210910-0001 ",
                           "000.00.12.H46-210910-0001\n",
                           "000.00.12.H46-210910-0001-KQ1",
                           "000.00.12.H46-210910-000A",
                           "H46.-210910-0001",
                           "H46.1234-210910-0001",
                           "H46.1.2.3.4.5-210910-0001",
                           "H46..12-210910-0001",
                           "46H.12-210910-0001",
                           "H46/12-210910-0001",
                           "../H46-210910-0001",
                           "Đ46-210910-0001"}) {
    EXPECT_FALSE(DossierCode::parse(text)) << text;
  }
  EXPECT_FALSE(DossierCode::parse(std::string_view("H46-210910-0001\0", 16))) << "a NUL at its end";
  EXPECT_FALSE(DossierCode::parse(std::string(1 << 20, 'H'))) << "very long";
}

TEST(DossierCode, IsComparedByItsText) {
  const auto first = DossierCode::parse("H46.12-210910-0001");
  const auto second = DossierCode::parse("H46.12-210910-0002");
  ASSERT_TRUE(first && second);
  EXPECT_LT(*first, *second);
  EXPECT_NE(*first, *second);
  EXPECT_EQ(*first, *DossierCode::parse("H46.12-210910-0001"));
}

}  // namespace
}  // namespace sohoa
