#include "tests/ocr/error_rate.h"

#include <gtest/gtest.h>

namespace sohoa::test {
namespace {

TEST(ErrorRate, CountsLettersNotBytes) {
  const ErrorRate rate = compareText("hòa bình", "hoà bình");
  EXPECT_EQ(rate.characters, 8);
  EXPECT_EQ(rate.errors, 2);
}

TEST(ErrorRate, TakesAnyWhiteSpaceAsOneSpace) {
  EXPECT_EQ(compareText("a b\nc", " a \t b c\n").errors, 0);
}

TEST(ErrorRate, LeavesOutWordsInIgnoredBoxesUnlessTheyArePrinted) {
  PageReading reading;
  TextLine line;
  Word scribble, printed, outside;
  scribble.text = "scribble";
  scribble.box = {10, 10, 20, 20};
  printed.text = "printed";
  printed.box = {40, 10, 20, 20};
  outside.text = "outside";
  outside.box = {200, 10, 20, 20};
  line.words = {scribble, printed, outside};
  reading.blocks.push_back({{}, {line}});
  EXPECT_EQ(foldSpaces(textOutside(reading, {{0, 0, 100, 40}}, {{38, 8, 24, 24}}, 0)),
            U"printed outside");
}

}  // namespace
}  // namespace sohoa::test
