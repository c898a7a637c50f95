#include "core/reading.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sohoa {
namespace {

Word word(const std::string& text, int x, bool suspect = false) {
  Word made;
  made.text = text;
  made.box = {x, 10, 40, 20};
  made.baseX0 = x;
  made.baseY0 = 25.125;
  made.baseX1 = x + 40;
  made.baseY1 = 25.25;
  made.height = 20.5;
  made.confidence = 0.875;
  made.suspect = suspect;
  return made;
}

/// Every member differs from its default, so that one left out of the JSON is noticed.
PageReading sample() {
  PageReading reading;
  reading.width = 2480;
  reading.height = 3508;
  reading.xDpi = 300;
  reading.yDpi = 299.5;
  reading.rotation = 180;
  reading.skewDegrees = -1.375;
  reading.blank = true;
  reading.orientationSure = false;
  reading.kind = PageKind::handwriting;
  reading.inkShare = 0.0625;
  reading.unreadInkShare = 0.125;
  reading.confidence = 0.75;
  reading.seals = {{1, 2, 3, 4}, {5, 6, 7, 8}};
  reading.slots = {{HeadingSlot::Kind::month, {9, 8, 7, 6}, true, 0.875}};
  reading.blocks = {{{0, 0, 200, 40},
                     {{{0, 0, 200, 20}, {word("Quyết", 10), word("định", 60, true)}},
                      {{0, 20, 200, 20}, {word("\"số\\1\"", 10)}}}},
                    {{0, 50, 200, 40}, {{{0, 50, 200, 20}, {word("Đất", 10)}}}}};
  return reading;
}

TEST(PageReading, IsPlainTextInReadingOrder) {
  EXPECT_EQ(plainText(sample()), "Quyết định\n\"số\\1\"\nĐất");
  EXPECT_EQ(plainText(PageReading{}), "");
}

TEST(PageReading, CountsWordsAndSuspects) {
  EXPECT_EQ(wordCount(sample()), 4);
  EXPECT_EQ(suspectCount(sample()), 1);
  EXPECT_EQ(wordCount(PageReading{}), 0);
}

TEST(PageReading, ReturnsFromJsonWithEveryMember) {
  const auto back = readingFromJson(toJson(sample()));
  ASSERT_TRUE(back) << back.error().detail;
  const PageReading expected = sample();
  EXPECT_EQ(back->width, expected.width);
  EXPECT_EQ(back->height, expected.height);
  EXPECT_EQ(back->xDpi, expected.xDpi);
  EXPECT_EQ(back->yDpi, expected.yDpi);
  EXPECT_EQ(back->rotation, expected.rotation);
  EXPECT_EQ(back->skewDegrees, expected.skewDegrees);
  EXPECT_EQ(back->blank, expected.blank);
  EXPECT_EQ(back->orientationSure, expected.orientationSure);
  EXPECT_EQ(back->kind, expected.kind);
  EXPECT_EQ(back->inkShare, expected.inkShare);
  EXPECT_EQ(back->unreadInkShare, expected.unreadInkShare);
  EXPECT_EQ(back->confidence, expected.confidence);
  EXPECT_EQ(back->seals, expected.seals);
  ASSERT_EQ(back->slots.size(), 1U);
  EXPECT_EQ(back->slots[0].kind, HeadingSlot::Kind::month);
  EXPECT_EQ(back->slots[0].box, expected.slots[0].box);
  EXPECT_TRUE(back->slots[0].filled);
  EXPECT_EQ(back->slots[0].pen, 0.875);
  ASSERT_EQ(back->blocks.size(), 2U);
  EXPECT_EQ(back->blocks[1].box, expected.blocks[1].box);
  ASSERT_EQ(back->blocks[0].lines.size(), 2U);
  EXPECT_EQ(back->blocks[0].lines[1].box, expected.blocks[0].lines[1].box);
  const Word& found = back->blocks[0].lines[0].words.at(1);
  const Word& given = expected.blocks[0].lines[0].words[1];
  EXPECT_EQ(found.text, given.text);
  EXPECT_EQ(found.box, given.box);
  EXPECT_EQ(found.baseX0, given.baseX0);
  EXPECT_EQ(found.baseY0, given.baseY0);
  EXPECT_EQ(found.baseX1, given.baseX1);
  EXPECT_EQ(found.baseY1, given.baseY1);
  EXPECT_EQ(found.height, given.height);
  EXPECT_EQ(found.confidence, given.confidence);
  EXPECT_EQ(found.suspect, given.suspect);
}

TEST(PageReading, HasTheSameBytesAfterARoundTrip) {
  for (const PageReading& reading : {sample(), PageReading{}}) {
    const std::string json = toJson(reading);
    const auto back = readingFromJson(json);
    ASSERT_TRUE(back);
    EXPECT_EQ(toJson(*back), json);
  }
}

TEST(PageReading, KeepsCoordinatesToAThousandthOfAPixel) {
  PageReading reading = sample();
  reading.blocks[0].lines[0].words[0].baseX0 = 1234.56789;
  const auto back = readingFromJson(toJson(reading));
  ASSERT_TRUE(back);
  EXPECT_NEAR(back->blocks[0].lines[0].words[0].baseX0, 1234.56789, 0.0005);
}

TEST(PageReading, IsNotReadFromAnyPrefixOfItsJson) {
  const std::string json = toJson(sample());
  for (std::size_t length = 0; length < json.size(); ++length) {
    EXPECT_FALSE(readingFromJson(json.substr(0, length))) << length << " bytes";
  }
}

TEST(PageReading, IsNotReadWithAMemberMissingOrOfAnotherType) {
  const std::string json = toJson(sample());
  const std::vector<std::string> members = {"width",      "height",
                                            "x_dpi",      "y_dpi",
                                            "rotation",   "skew_degrees",
                                            "blank",      "orientation_sure",
                                            "ink_share",  "unread_ink_share",
                                            "seals",      "blocks",
                                            "confidence", "box",
                                            "words",      "lines",
                                            "base",       "suspect",
                                            "kind"};
  for (const std::string& member : members) {
    std::string renamed = json;
    const auto at = renamed.find("\"" + member + "\":");
    ASSERT_NE(at, std::string::npos) << member;
    renamed[at + 1] = '?';
    EXPECT_FALSE(readingFromJson(renamed)) << member << " missing";
    std::string retyped = json;
    retyped.replace(at, member.size() + 3, "\"" + member + "\":\"text\",\"was\":");
    EXPECT_FALSE(readingFromJson(retyped)) << member << " as a text";
  }
  EXPECT_FALSE(readingFromJson("[]"));
  EXPECT_FALSE(readingFromJson("null"));
}

}  // namespace
}  // namespace sohoa
