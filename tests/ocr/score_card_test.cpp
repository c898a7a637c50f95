#include <gtest/gtest.h>

#include <cstdio>
#include <map>

#include "ocr/recogniser.h"
#include "tests/ocr/error_rate.h"
#include "tests/ocr/sample_pages.h"

namespace sohoa::test {
namespace {

TEST(ScoreCard, ErrorRateOverTheCommittedSamplesIsUnderTwoAndAHalfPercent) {
  const std::vector<SamplePage> pages = samplePages();
  ASSERT_GE(pages.size(), 20U);
  Recogniser recogniser{RecogniserOptions{}};
  std::map<std::string, ErrorRate> byCondition;
  std::map<std::string, int> count;
  ErrorRate all;
  for (const SamplePage& page : pages) {
    const PageImage image = imageOf(page);
    const auto reading = recogniser.read(image);
    ASSERT_TRUE(reading) << page.path << " page " << page.index + 1;
    const int margin = static_cast<int>(image.xDpi / 300 * 8);
    const ErrorRate rate =
        compareText(page.text, textOutside(*reading, page.ignored, page.printed, margin));
    byCondition[page.condition] += rate;
    ++count[page.condition];
    all += rate;
  }
  std::printf("%-14s %5s %10s %7s %8s\n", "condition", "pages", "characters", "errors", "CER %");
  for (const auto& [condition, rate] : byCondition) {
    std::printf("%-14s %5d %10d %7d %8.2f\n", condition.c_str(), count[condition], rate.characters,
                rate.errors, rate.percent());
  }
  std::printf("%-14s %5zu %10d %7d %8.2f\n", "all", pages.size(), all.characters, all.errors,
              all.percent());
  EXPECT_GT(all.characters, 20000);
  EXPECT_LT(all.percent(), 2.5);
}

}  // namespace
}  // namespace sohoa::test
