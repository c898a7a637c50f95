#include "ocr/page/recogniser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ocr/error_rate.h"
#include "tests/ocr/sample_pages.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

using test::compareText;
using test::imageOf;
using test::SamplePage;
using test::samplePage;
using test::shareInPlace;
using test::textOutside;
using test::turnedImage;

double errorPercent(const SamplePage& page, const PageReading& reading) {
  return compareText(page.text, textOutside(reading, page.ignored, page.printed, 8)).percent();
}

TEST(Recogniser, ThrowsWhenTheModelIsMissing) {
  RecogniserOptions options;
  options.model = "no-such-model";
  try {
    const Recogniser recogniser(options);
    FAIL() << "a model that does not exist was loaded";
  } catch (const BatchError& error) {
    EXPECT_EQ(error.cause(), Cause::modelMissing);
    EXPECT_THAT(error.what(), testing::HasSubstr("no-such-model"));
  }
}

TEST(Recogniser, ReadsWithTheModelAndFolderThatASiteChooses) {
  const test::TemporaryFolder folder;
  std::filesystem::create_symlink(RecogniserOptions{}.tessdata + "/vie.traineddata",
                                  folder / "site_best.traineddata");
  RecogniserOptions options;
  options.tessdata = folder.path().string();
  options.model = "site_best";
  Recogniser recogniser(options);
  EXPECT_EQ(recogniser.info().model, "site_best");
  EXPECT_EQ(recogniser.info().modelSha256, Recogniser{RecogniserOptions{}}.info().modelSha256);
}

TEST(Recogniser, RunsOnOneThreadWithTheLimitSetBeforeExec) {
  Recogniser recogniser{RecogniserOptions{}};
  EXPECT_EQ(threadsAfterRecognition(recogniser), 1);
}

TEST(Recogniser, TellsHowItReads) {
  const EngineInfo info = Recogniser{RecogniserOptions{}}.info();
  EXPECT_THAT(info.tesseract, testing::MatchesRegex("5\\..*"));
  EXPECT_THAT(info.leptonica, testing::MatchesRegex("1\\..*"));
  EXPECT_EQ(info.model, "vie");
  EXPECT_EQ(info.modelSha256.size(), 64U);
}

TEST(Recogniser, PutsWordBoxesWhereTheWordsAreOnTheScan) {
  Recogniser recogniser{RecogniserOptions{}};
  for (const char* condition : {"clean", "skewed", "upside_down", "low_res"}) {
    const SamplePage page = samplePage(condition);
    const auto reading = recogniser.read(imageOf(page));
    ASSERT_TRUE(reading);
    EXPECT_GT(wordCount(*reading), 50) << condition;
    EXPECT_GT(shareInPlace(*reading, page.words), 0.97) << condition;
  }
}

TEST(Recogniser, ReadsAPageScannedUpsideDown) {
  const SamplePage page = samplePage("upside_down");
  const auto reading = Recogniser{RecogniserOptions{}}.read(imageOf(page));
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->rotation, 180);
  EXPECT_TRUE(reading->orientationSure);
  EXPECT_LT(errorPercent(page, *reading), 2.5);
  // Its baselines run from right to left on the scan.
  const Word& word = reading->blocks.front().lines.front().words.front();
  EXPECT_GT(word.baseX0, word.baseX1);
}

TEST(Recogniser, ReadsAPageScannedSideways) {
  const SamplePage page = samplePage("clean");
  const PageImage upright = imageOf(page);
  Recogniser recogniser{RecogniserOptions{}};
  for (const int degrees : {90, 270}) {
    const auto reading = recogniser.read(turnedImage(upright, degrees));
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->rotation, 360 - degrees);
    EXPECT_EQ(reading->width, upright.height);
    EXPECT_LT(compareText(page.text, plainText(*reading)).percent(), 2.5);
  }
}

TEST(Recogniser, FindsABlankBackBlank) {
  const auto reading = Recogniser{RecogniserOptions{}}.read(imageOf(samplePage("blank")));
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->blank);
  EXPECT_EQ(wordCount(*reading), 0);
  EXPECT_EQ(reading->rotation, 0);
}

TEST(Recogniser, FindsTheSeal) {
  const SamplePage page = samplePage("stamped");
  const auto reading = Recogniser{RecogniserOptions{}}.read(imageOf(page));
  ASSERT_TRUE(reading);
  EXPECT_FALSE(reading->seals.empty());
  EXPECT_FALSE(reading->blank);
}

TEST(Recogniser, GivesTheSameBytesForAPageReadAgainAfterAnother) {
  const PageImage a = imageOf(samplePage("table")), b = imageOf(samplePage("low_res"));
  Recogniser recogniser{RecogniserOptions{}};
  const auto first = recogniser.read(a);
  const auto between = recogniser.read(b);
  const auto again = recogniser.read(a);
  ASSERT_TRUE(first && between && again);
  EXPECT_EQ(toJson(*first), toJson(*again));
  EXPECT_NE(toJson(*first), toJson(*between));
}

TEST(Recogniser, MarksFewWordsOfACleanPageAsSuspect) {
  const auto reading = Recogniser{RecogniserOptions{}}.read(imageOf(samplePage("clean")));
  ASSERT_TRUE(reading);
  EXPECT_LT(suspectCount(*reading) * 100, wordCount(*reading) * 6);
  EXPECT_GT(reading->confidence, 0.9);
  EXPECT_LT(reading->unreadInkShare, 0.2);
}

}  // namespace
}  // namespace sohoa
