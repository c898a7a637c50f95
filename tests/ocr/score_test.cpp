#include "tests/ocr/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sohoa::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SamplePage truthOf(const std::vector<std::string>& words) {
  SamplePage page;
  for (const std::string& text : words) {
    const int x = 100 * static_cast<int>(page.words.size());
    page.words.push_back({text, {x, 0, 80, 30}});
    page.printed.push_back(page.words.back().box);
    page.text += text + ' ';
  }
  return page;
}

PageReading readingOf(const std::vector<std::string>& words) {
  PageReading reading;
  reading.blocks.resize(1);
  reading.blocks[0].lines.resize(1);
  int x = 0;
  for (const std::string& text : words) {
    Word word;
    word.text = text;
    word.box = {x, 0, 80, 30};
    x += 100;
    reading.blocks[0].lines[0].words.push_back(word);
  }
  return reading;
}

TEST(Score, IsFullForWhatWasReadRightly) {
  const Score score = scorePage(truthOf({"ngày", "27/8/2021,", "Đồng"}),
                                readingOf({"ngày", "27/8/2021,", "Đồng"}), 300);
  EXPECT_EQ(score.characters.errors, 0);
  EXPECT_EQ(score.wordErrors, 0);
  EXPECT_EQ(score.codes, 1);
  EXPECT_EQ(score.codesExact, 1);
  EXPECT_EQ(score.right, 3);
  EXPECT_EQ(score.boxesTight, 3);
}

TEST(Score, TellsMarksFromLettersAndNumbersFromWords) {
  const Score score = scorePage(truthOf({"đất", "số", "17/NĐ-CP", "của", "tỉnh"}),
                                readingOf({"đât", "sö", "17/ND-CP", "tỉnh"}), 300);
  EXPECT_EQ(score.words, 5);
  EXPECT_EQ(score.wordErrors, 4);
  EXPECT_EQ(score.diacriticOnly, 2);  // ö is no Vietnamese letter
  EXPECT_EQ(score.codes, 1);
  EXPECT_EQ(score.codesExact, 0);
  EXPECT_EQ(score.wrong, 3);
  EXPECT_EQ(score.right, 1);
}

TEST(Score, CountsPunctuationAroundANumberAsAWordErrorOnly) {
  const Score score = scorePage(truthOf({"27/8/2021."}), readingOf({"27/8/2021,"}), 300);
  EXPECT_EQ(score.wordErrors, 1);
  EXPECT_EQ(score.codesExact, 1);
}

TEST(Score, CountsMarksOnWrongAndOnRightWordsApart) {
  PageReading reading = readingOf({"một", "haj", "ba"});
  reading.blocks[0].lines[0].words[1].suspect = true;
  reading.blocks[0].lines[0].words[2].suspect = true;
  const Score score = scorePage(truthOf({"một", "hai", "ba"}), reading, 300);
  EXPECT_EQ(score.wrong, 1);
  EXPECT_EQ(score.wrongMarked, 1);
  EXPECT_EQ(score.right, 2);
  EXPECT_EQ(score.rightMarked, 1);
}

TEST(Score, DoesNotTakeABoxOnAnotherPlaceForTight) {
  PageReading reading = readingOf({"một", "hai"});
  reading.blocks[0].lines[0].words[1].box.width += 10;
  EXPECT_EQ(scorePage(truthOf({"một", "hai"}), reading, 300).boxesTight, 1);
  EXPECT_EQ(scorePage(truthOf({"một", "hai"}), reading, 600).boxesTight, 2);
}

TEST(Score, SeesARegressionAndNoChance) {
  Score good;
  good.characters = {4, 1000};
  good.words = 200;
  good.wordErrors = 3;
  good.codes = good.codesExact = 20;
  const std::string baseline = baselineText({{"clean", good}});
  EXPECT_THAT(regressions({{"clean", good}}, baseline), IsEmpty());
  Score chance = good;
  chance.characters.errors += 2;
  EXPECT_THAT(regressions({{"clean", chance}}, baseline), IsEmpty());
  Score bad = good;
  bad.characters.errors = 12;
  EXPECT_THAT(regressions({{"clean", bad}}, baseline),
              ElementsAre(HasSubstr("character errors"), HasSubstr("all")));
  bad = good;
  bad.codesExact = 12;
  EXPECT_THAT(regressions({{"clean", bad}}, baseline), ElementsAre(HasSubstr("numbers")));
  EXPECT_THAT(regressions({}, baseline), ElementsAre(HasSubstr("not scored")));
}

}  // namespace
}  // namespace sohoa::test
