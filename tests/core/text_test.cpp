#include "core/texts/text.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

TEST(Texts, AreThemselvesInEnglish) {
  EXPECT_EQ(tr(Language::en, "filed"), "filed");
  EXPECT_EQ(tr(Language::en, "no row has this text"), "no row has this text");
  EXPECT_EQ(tr(Language::en, ""), "");
}

TEST(Texts, WithoutARowAreReturnedAsTheyAre) {
  EXPECT_EQ(tr(Language::vi, "no row has this text"), "no row has this text");
  EXPECT_EQ(tr(Language::vi, ""), "");
}

TEST(Texts, AreFilledIn) {
  EXPECT_EQ(say(Language::en, "{} of {} pages", 3, 12), "3 of 12 pages");
  EXPECT_EQ(say(Language::vi, "no row has {}", "this"), "no row has this");
  EXPECT_EQ(say(Language::en, "{:.1f} %", 30.25), "30.2 %");
}

}  // namespace
}  // namespace sohoa
