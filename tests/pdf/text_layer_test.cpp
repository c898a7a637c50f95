#include "pdf/pdfa/text_layer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pdf/page_images.h"

namespace sohoa {
namespace {

using testing::HasSubstr;

PageReading oneWord(const Word& word) {
  PageReading reading;
  reading.width = 1000, reading.height = 1000;
  reading.blocks = {{{}, {{{}, {word}}}}};
  return reading;
}

std::string layer(const PageReading& reading) {
  std::set<char32_t> characters;
  collectCharacters(reading, characters);
  return textLayer(reading, InvisibleFont(characters), {0.5, 0.5, 500});
}

TEST(TextLayer, IsEmptyWithoutWords) { EXPECT_EQ(layer(PageReading{}), ""); }

TEST(TextLayer, IsInvisibleAndFillsTheBox) {
  Word word = test::wordAt("ab", 100, 200, 60, 40);
  word.box = {100, 160, 60, 40};
  const std::string text = layer(oneWord(word));
  EXPECT_THAT(text, HasSubstr("3 Tr"));
  // 100 px right, 200 px down on a page of 500 points at half a point a pixel; 40 px high
  EXPECT_THAT(text, HasSubstr("1 0 0 1 50 400 Tm /F0 20 Tf"));
  // Natural width of "ab" at 20 points: 20; the word is 30 points long.
  EXPECT_THAT(text, HasSubstr("150 Tz"));
}

TEST(TextLayer, TurnsWithThePage) {
  PageReading reading = oneWord(test::wordAt("ab", 300, 200, 60, 40, 180));
  reading.blocks[0].lines[0].words[0].box = {240, 200, 60, 40};
  reading.rotation = 180;
  EXPECT_THAT(layer(reading), HasSubstr("-1 0 0 -1 150 400 Tm"));
}

TEST(TextLayer, SetsWordsOfASkewedLineLevelEachInItsBox) {
  Word word = test::wordAt("ab", 100, 200, 60, 40, 2.5);
  word.box = {100, 160, 62, 43};
  EXPECT_THAT(layer(oneWord(word)), HasSubstr("1 0 0 1 50 398.5 Tm /F0 21.5 Tf"));
}

TEST(TextLayer, FollowsASteepBaseline) {
  EXPECT_THAT(layer(oneWord(test::wordAt("ab", 100, 200, 60, 40, 20))),
              HasSubstr("0.93969 -0.34202 0.34202 0.93969 50 400 Tm /F0 20 Tf"));
}

TEST(TextLayer, EndsALineWithASpace) {
  EXPECT_THAT(layer(oneWord(test::wordAt("ab", 100, 200, 60, 40))), HasSubstr("<0001> Tj\nET"));
}

TEST(TextLayer, LeavesOutControlCharacters) {
  EXPECT_EQ(layer(oneWord(test::wordAt("\x01\xC2\xAD\t", 1, 1, 9, 9))), "");
}

TEST(InvisibleFont, NumbersGlyphsByCodePoint) {
  const InvisibleFont font({U'ự', U'a', U'Đ', U'\U00020000'});
  EXPECT_EQ(font.glyph(U' '), 1);
  EXPECT_EQ(font.glyph(U'a'), 2);
  EXPECT_EQ(font.glyph(U'Đ'), 3);
  EXPECT_EQ(font.glyph(U'ự'), 4);
  EXPECT_EQ(font.glyph(U'\uFFFD'), 5);
  EXPECT_EQ(font.glyph(U'\U00020000'), 6);
  EXPECT_EQ(font.glyph(U'z'), font.glyph(U'\uFFFD'));
}

TEST(InvisibleFont, MapsCharactersBeyondTheFirstPlaneToSurrogates) {
  const InvisibleFont font({U'\U00020000'});
  EXPECT_THAT(font.toUnicode(), HasSubstr("<D840DC00>"));
}

TEST(InvisibleFont, IsTheSameForTheSameCharacters) {
  EXPECT_EQ(InvisibleFont({U'a', U'b'}).trueType(), InvisibleFont({U'b', U'a'}).trueType());
  EXPECT_NE(InvisibleFont({U'a'}).subsetTag(), InvisibleFont({U'b'}).subsetTag());
}

}  // namespace
}  // namespace sohoa
