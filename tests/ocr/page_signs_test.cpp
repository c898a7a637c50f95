#include "ocr/separators/page_signs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/stack_pages.h"

namespace sohoa {
namespace {

using test::StackPageLook;
using testing::ElementsAre;
using testing::IsEmpty;
constexpr auto kSheet = StackPageLook::Kind::sheet;
constexpr auto kBlank = StackPageLook::Kind::blank;

const SeparatorSheet kWhat{"000.00.12.H46-210910-0001", 3, 20, 5, "K7Q2XA"};

PageSigns signsOf(StackPageLook look) {
  look.sheet = kWhat;
  PageImage page;
  page.bytes = test::stackPage(look);
  page.width = static_cast<int>(210 * look.dpi / 25.4);
  page.height = static_cast<int>(297 * look.dpi / 25.4);
  page.xDpi = page.yDpi = look.dpi;
  return findSigns(page).value();
}

TEST(SeparatorSheetOnAPage, ShowsBothSignalsHoweverItWasScanned) {
  for (const StackPageLook& look :
       {StackPageLook{.kind = kSheet}, StackPageLook{.kind = kSheet, .dpi = 300},
        StackPageLook{.kind = kSheet, .skewDegrees = 8},
        StackPageLook{.kind = kSheet, .skewDegrees = -4, .upsideDown = true},
        StackPageLook{.kind = kSheet, .noise = 18}, StackPageLook{.kind = kSheet, .scale = 0.9},
        StackPageLook{.kind = kSheet, .sealNearCode = true},
        StackPageLook{.kind = kSheet, .darkness = 0.6}}) {
    const PageSigns signs = signsOf(look);
    EXPECT_THAT(signs.codes, ElementsAre(separatorPayload(kWhat)));
    EXPECT_TRUE(signs.sheetMarks);
    // Turned by eight degrees, two opposite corners with their marks leave the scan.
    EXPECT_EQ(signs.marks, look.skewDegrees > 5 ? 4 : 6) << look.skewDegrees << " degrees";
    EXPECT_FALSE(signs.blank);
  }
}

TEST(SeparatorSheetOnAPage, ShowsOneSignalWhenTheOtherIsGone) {
  const PageSigns torn = signsOf({.kind = kSheet, .tornCode = 0.6});
  EXPECT_THAT(torn.codes, IsEmpty());
  EXPECT_TRUE(torn.sheetMarks);
  const PageSigns unmarked = signsOf({.kind = kSheet, .hiddenMarks = true});
  EXPECT_EQ(unmarked.codes.size(), 1u);
  EXPECT_EQ(unmarked.marks, 0);
}

TEST(ContentPage, ShowsNoMarksAndTheCodesOfItsReceipt) {
  for (int seed = 1; seed <= 8; ++seed) {
    const PageSigns signs = signsOf({.seed = seed});
    EXPECT_EQ(signs.marks, 0);
    EXPECT_THAT(signs.codes, IsEmpty());
    EXPECT_FALSE(signs.blank);
    EXPECT_FALSE(signs.damagedCode);
  }
  const std::string address = "https://dichvucong.quangbinh.gov.vn/?ma=" + kWhat.code;
  EXPECT_THAT(signsOf({.payload = address}).codes, ElementsAre(address));
}

TEST(BackOfASheet, IsBlankAlsoWhenItsPrintShinesThrough) {
  EXPECT_TRUE(signsOf({.kind = kBlank}).blank);
  const PageSigns back = signsOf({.kind = kBlank, .showThrough = 0.12});
  EXPECT_EQ(back.marks, 0);
  EXPECT_THAT(back.codes, IsEmpty());
}

}  // namespace
}  // namespace sohoa
