#include "tests/ocr/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <utf8proc.h>

#include <cstdio>
#include <cstdlib>
#include <map>

#include "ocr/page/recogniser.h"
#include "pdf/incoming/incoming.h"
#include "tests/ocr/field_score.h"
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

struct Cards {
  ScoreCard text;
  FieldCard fields;
};

/// Reads every page of a set once, for both cards.
Cards cardsOf(const std::filesystem::path& set) {
  Recogniser recogniser{RecogniserOptions{}};
  std::map<std::pair<std::string, int>, PageReading> kept;
  const auto read = [&](const std::filesystem::path& file, int index,
                        const std::string&) -> Result<PageReading> {
    const auto image = readIncomingPage(file, index);
    if (!image) return image.error();
    auto reading = recogniser.read(*image);
    if (reading) kept[{file.string(), index}] = *reading;
    return reading;
  };
  Cards cards;
  cards.fields =
      scoreFields(set, read, [](const std::string& line) { std::printf("%s\n", line.c_str()); });
  for (const SamplePage& page : pagesOfSet(set)) {
    if (page.words.empty()) continue;
    if (!kept.contains({page.path, page.index})) {
      const auto again = read(page.path, page.index, "");
      EXPECT_TRUE(again) << page.path << " page " << page.index + 1;
      if (!again) continue;
    }
    const PageReading& reading = kept.at({page.path, page.index});
    EXPECT_TRUE(isNfc(plainText(reading))) << page.path;
    cards.text[page.condition] += scorePage(page, reading, reading.xDpi);
  }
  std::printf("%s%s%s%s", table(cards.text).c_str(), bars(cards.text, {}).c_str(),
              printed(cards.fields).c_str(), fieldBars(cards.fields).c_str());
  return cards;
}

/// Fails on fields that got worse than `name` in this folder; with SOHOA_WRITE_BASELINE set it
/// writes the file instead.
void expectFieldsAsBefore(const FieldCard& card, const std::string& name) {
  const auto file = sourceFolder() / "tests/ocr" / name;
  if (std::getenv("SOHOA_WRITE_BASELINE")) return spill(file, fieldBaselineText(card));
  EXPECT_THAT(fieldRegressions(card, slurp(file)), testing::IsEmpty());
}

Score sum(const ScoreCard& card) {
  Score all;
  for (const auto& [condition, score] : card) all += score;
  return all;
}

TEST(ScoreCard, OfTheCommittedSamplesIsUnderOnePercentAndTheFieldsAreAsBefore) {
  const Cards cards = cardsOf(sourceFolder() / "samples");
  const Score all = sum(cards.text);
  ASSERT_GE(all.pages, 20);
  EXPECT_GT(all.characters.characters, 20000);
  EXPECT_LT(all.characters.percent(), 1.0);
  expectFieldsAsBefore(cards.fields, "field_baseline_samples.txt");
}

// One generated page a condition. What is worse than tests/ocr/golden_baseline.txt fails; after an
// improvement tests/bench/score_card.sh --write-baseline writes it anew, and those of the fields.
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
  const Cards cards = cardsOf(folder.path());
  ASSERT_GE(sum(cards.text).pages, 11);
  EXPECT_THAT(regressions(cards.text, slurp(sourceFolder() / "tests/ocr/golden_baseline.txt")),
              testing::IsEmpty());
  expectFieldsAsBefore(cards.fields, "field_baseline_golden.txt");
  const Score all = sum(cards.text);
  EXPECT_LT(all.characters.percent(), 1.0);
  EXPECT_GE(all.codesExact * 1000, all.codes * 980);
  EXPECT_GE(all.boxesTight * 100, all.boxes * 90);
  EXPECT_LE(all.rightMarked * 100, all.right * 3);
}

}  // namespace
}  // namespace sohoa::test
