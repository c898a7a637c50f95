#include "samples/sets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "samples/drawing/conditions.h"
#include "samples/output.h"
#include "samples/truth.h"
#include "tests/samples/support.h"
#include "tests/support/files.h"

namespace sohoa::samples {
namespace {

std::vector<Dossier> made(const std::string& set, std::uint64_t seed, int dossiers) {
  const Typesetter typesetter;
  SetOptions options;
  options.set = set;
  options.seed = seed;
  options.dossiers = dossiers;
  options.pagesPerCondition = 2;
  std::vector<Dossier> result = makeSet(options, typesetter);
  for (Dossier& dossier : result) {
    for (Side& side : dossier.sides) {
      side.settings.dpi = 100;  // quick: what is compared here does not depend on the resolution
    }
  }
  return result;
}

std::map<std::string, std::string> written(const std::filesystem::path& folder,
                                           std::uint64_t seed) {
  for (const Dossier& dossier : made("mixed", seed, 6)) {
    writeDossier(dossier, folder, "batch", Random(seed).fork(dossier.code));
  }
  return filesBelow(folder);
}

TEST(Sets, TheSameSeedGivesIdenticalFilesAndAnotherSeedOthers) {
  const test::TemporaryFolder folder;
  const auto first = written(folder / "a", 5);
  const auto second = written(folder / "b", 5);
  const auto other = written(folder / "c", 6);
  ASSERT_FALSE(first.empty());
  for (const auto& [name, content] : first) {
    EXPECT_TRUE(second.contains(name) && second.at(name) == content) << name;
  }
  EXPECT_EQ(first.size(), second.size());
  EXPECT_TRUE(first != other);
}

TEST(Sets, AnyNumberOfDossiersDiffer) {
  std::set<std::string> codes;
  std::set<std::string> abstracts;
  const auto dossiers = made("mixed", 11, 40);
  for (const Dossier& dossier : dossiers) {
    codes.insert(dossier.code);
    std::string text;
    for (const Line& line : dossier.sides.front().page.lines) {
      text += line.text;
    }
    abstracts.insert(text);
  }
  EXPECT_EQ(codes.size(), 40U);
  EXPECT_EQ(abstracts.size(), 40U);
}

TEST(Sets, GoldenHasTheAskedNumberOfPagesOfEveryCondition) {
  std::map<std::string, int> pages;
  for (const Dossier& dossier : made("golden", 2, 0)) {
    for (const Side& side : dossier.sides) {
      ++pages[side.condition];
    }
  }
  for (const std::string& condition : kConditions) {
    // The stamped front of the blank pages comes on top.
    EXPECT_EQ(pages[condition], condition == "stamped" ? 3 : 2) << condition;
  }
}

TEST(Sets, BenchDossiersHaveTwoOrThreeStampedSkewedPages) {
  const Typesetter typesetter;
  SetOptions options;
  options.set = "bench";
  options.dossiers = 12;
  for (const Dossier& dossier : makeSet(options, typesetter)) {
    EXPECT_GE(dossier.sides.size(), 2U) << dossier.code;
    EXPECT_LE(dossier.sides.size(), 3U) << dossier.code;
    for (const Side& side : dossier.sides) {
      EXPECT_EQ(side.settings.dpi, 300);
      EXPECT_GE(std::abs(side.settings.skewDegrees), 0.4);
      EXPECT_LE(std::abs(side.settings.skewDegrees), 3.0);
    }
  }
}

TEST(Sets, DossiersOfSeveralDocumentsHaveAFileNameForEachThatSaysWhatItIs) {
  const test::TemporaryFolder folder;
  std::set<std::string> marks;
  for (const Dossier& dossier : made("documents", 3, 3)) {
    ASSERT_EQ(dossier.labels.size(), dossier.documents.size());
    EXPECT_EQ(dossier.labels.front(), "KQ1");
    writeDossier(dossier, folder.path(), "lô", Random(3).fork(dossier.code));
    const auto files = filesBelow(folder / "intake" / "lô" / dossier.code);
    std::size_t pages = 0;
    for (const std::string& label : dossier.labels) {
      marks.insert(label.substr(0, 2));
      const auto of = [&](const auto& file) {
        return file.first.starts_with(label + "/") || file.first.starts_with(label + "-") ||
               file.first == label + ".pdf";
      };
      EXPECT_TRUE(std::any_of(files.begin(), files.end(), of)) << dossier.code << " " << label;
      pages += static_cast<std::size_t>(std::count_if(files.begin(), files.end(), of));
    }
    EXPECT_EQ(pages, files.size()) << "a file of no document";
    const std::string truth = contentOf(folder / "truth" / (dossier.code + ".json"));
    EXPECT_NE(truth.find("\"code\": \"" + dossier.code + "-KQ1\""), std::string::npos) << truth;
    EXPECT_NE(truth.find("-TP1\""), std::string::npos);
  }
  EXPECT_TRUE(marks.contains("TP") && marks.contains("XL"));
}

}  // namespace
}  // namespace sohoa::samples
