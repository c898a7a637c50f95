#include "tests/ocr/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <utf8proc.h>

#include <cstdio>
#include <cstdlib>

#include "ocr/recogniser.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa::test {
namespace {

bool isNfc(const std::string& text) {
  auto* const normal = utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str()));
  if (normal == nullptr) return false;
  const bool same = text == reinterpret_cast<const char*>(normal);
  std::free(normal);
  return same;
}

ScoreCard cardOf(const std::vector<SamplePage>& pages) {
  Recogniser recogniser{RecogniserOptions{}};
  ScoreCard card;
  for (const SamplePage& page : pages) {
    const PageImage image = imageOf(page);
    const auto reading = recogniser.read(image);
    EXPECT_TRUE(reading) << page.path << " page " << page.index + 1;
    if (!reading) continue;
    EXPECT_TRUE(isNfc(plainText(*reading))) << page.path;
    card[page.condition] += scorePage(page, *reading, image.xDpi);
  }
  std::printf("%s", table(card).c_str());
  return card;
}

Score sum(const ScoreCard& card) {
  Score all;
  for (const auto& [condition, score] : card) all += score;
  return all;
}

TEST(ScoreCard, ErrorRateOverTheCommittedSamplesIsUnderOnePercent) {
  const std::vector<SamplePage> pages = samplePages();
  ASSERT_GE(pages.size(), 20U);
  const Score all = sum(cardOf(pages));
  EXPECT_GT(all.characters.characters, 20000);
  EXPECT_LT(all.characters.percent(), 1.0);
}

// One generated page a condition. What is worse than tests/ocr/golden_baseline.txt fails; after an
// improvement tests/bench/score_card.sh --write-baseline writes it anew.
TEST(ScoreCard, IsNoWorseThanTheBaselineOnGeneratedPages) {
  const auto generator = buildFolder() / "samples/sohoa_generate";
  if (!std::filesystem::exists(generator)) {
    GTEST_SKIP() << "built without SOHOA_SAMPLES: no pages can be generated";
  }
  const TemporaryFolder folder;
  const CommandResult made =
      runCommand({generator.string(), "--out", folder.path().string(), "--set", "golden", "--seed",
                  "31337", "--pages-per-condition", "1"});
  ASSERT_TRUE(made.ok()) << made.describe();
  std::vector<SamplePage> pages = pagesOfSet(folder.path());
  std::erase_if(pages, [](const SamplePage& page) { return page.words.empty(); });
  ASSERT_GE(pages.size(), 11U);
  const ScoreCard card = cardOf(pages);
  EXPECT_THAT(regressions(card, slurp(sourceFolder() / "tests/ocr/golden_baseline.txt")),
              testing::IsEmpty());
  const Score all = sum(card);
  EXPECT_LT(all.characters.percent(), 1.0);
  EXPECT_GE(all.codesExact * 1000, all.codes * 980);
  EXPECT_GE(all.boxesTight * 100, all.boxes * 90);
  EXPECT_LE(all.rightMarked * 100, all.right * 3);
}

}  // namespace
}  // namespace sohoa::test
