// The committed set keeps its promises: size, formats, conditions, expectations and register.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "tests/samples/support.h"

namespace sohoa::samples {
namespace {

using Json = nlohmann::json;
const std::filesystem::path kSamples = SOHOA_SAMPLES_DIR;
const std::filesystem::path kBatch = kSamples / "intake" / "2021-09-10-tang2";

std::vector<Json> truths() {
  std::vector<Json> all;
  for (const auto& entry : std::filesystem::directory_iterator(kSamples / "truth")) {
    all.push_back(Json::parse(contentOf(entry.path())));
  }
  return all;
}

std::map<std::string, std::vector<std::string>> registerRows() {
  std::map<std::string, std::vector<std::string>> rows;
  std::istringstream csv(contentOf(kSamples / "register.csv"));
  std::string line;
  std::getline(csv, line);
  while (std::getline(csv, line)) {
    std::vector<std::string> values(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        values.emplace_back();
      } else {
        values.back() += c;
      }
    }
    rows[values[0]] = values;
  }
  return rows;
}

TEST(Committed, TheSetIsSmallAndClosed) {
  std::uintmax_t bytes = std::filesystem::file_size(kSamples / "register.csv");
  for (const char* const part : {"intake", "truth"}) {
    for (const auto& [name, content] : filesBelow(kSamples / part)) {
      bytes += content.size();
    }
  }
  EXPECT_LT(bytes, 8'000'000U);
  EXPECT_TRUE(std::filesystem::exists(kBatch / ".done"));
}

TEST(Committed, EveryFolderHasItsTruthAndEveryTruthItsFiles) {
  std::set<std::string> folders;
  for (const auto& entry : std::filesystem::directory_iterator(kBatch)) {
    if (entry.is_directory()) {
      folders.insert(entry.path().filename());
    }
  }
  std::set<std::string> named;
  const std::regex code(R"(000\.00\.12\.H46-21(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])-\d{4})");
  for (const Json& truth : truths()) {
    const std::string dossier = truth["dossier"];
    named.insert(dossier);
    EXPECT_TRUE(std::regex_match(dossier, code)) << dossier;
    for (const Json& page : truth["pages"]) {
      EXPECT_TRUE(std::filesystem::exists(kBatch / dossier / page["file"].get<std::string>()))
          << page["file"];
    }
  }
  EXPECT_EQ(folders, named);
}

TEST(Committed, FormatsConditionsAndOutcomesAreCovered) {
  std::set<std::string> formats;
  std::set<std::string> conditions;
  std::map<std::string, int> outcomes;
  std::size_t pages = 0;
  for (const Json& truth : truths()) {
    ++outcomes[truth["expected"]];
    EXPECT_EQ(truth["expected"] == "filed", truth["reason"].get<std::string>().empty());
    pages += truth["pages"].size();
    for (const Json& page : truth["pages"]) {
      formats.insert(std::filesystem::path(page["file"].get<std::string>()).extension());
      conditions.insert(page["condition"]);
    }
  }
  EXPECT_GE(pages, 24U);
  EXPECT_GE(outcomes["filed"], 6);
  EXPECT_GE(outcomes["held"], 1);
  EXPECT_GE(outcomes["quarantined"], 1);
  EXPECT_THAT(formats, testing::ElementsAre(".jpg", ".pdf", ".png", ".tif"));
  EXPECT_THAT(conditions,
              testing::IsSupersetOf({"clean", "stamped", "skewed", "yellowed", "low_res", "table",
                                     "faint", "showthrough", "upside_down", "blank", "hires"}));
}

TEST(Committed, ImageFilesHaveTheSizeAndResolutionOfTheTruth) {
  setMsgSeverity(L_SEVERITY_NONE);
  int checked = 0;
  for (const Json& truth : truths()) {
    const auto folder = kBatch / truth["dossier"].get<std::string>();
    for (const Json& page : truth["pages"]) {
      const auto file = folder / page["file"].get<std::string>();
      if (file.extension() == ".pdf") {
        continue;  // read by the PDF room's tests
      }
      PIX* pix = file.extension() == ".tif"
                     ? pixReadTiff(file.c_str(), page["page_in_file"].get<int>() - 1)
                     : pixRead(file.c_str());
      if (truth["reason"].get<std::string>().find("ends in the middle") != std::string::npos) {
        pixDestroy(&pix);  // some readers deliver the upper part
        continue;
      }
      ASSERT_NE(pix, nullptr) << file;
      EXPECT_EQ(pixGetWidth(pix), page["width"]);
      EXPECT_EQ(pixGetHeight(pix), page["height"]);
      EXPECT_EQ(pixGetXRes(pix), page["dpi"]);
      pixDestroy(&pix);
      ++checked;
    }
  }
  EXPECT_GE(checked, 18);
}

TEST(Committed, TheRegisterKnowsTheDossiersExceptTheOneNobodyKnows) {
  const auto rows = registerRows();
  int unknown = 0;
  for (const Json& truth : truths()) {
    const std::string code = truth["dossier"];
    const auto row = rows.find(code);
    if (truth["reason"].get<std::string>().find("not in the register") != std::string::npos) {
      EXPECT_EQ(row, rows.end());
      ++unknown;
      continue;
    }
    ASSERT_NE(row, rows.end()) << code;
    ASSERT_EQ(row->second.size(), 10U);
    EXPECT_EQ(row->second[6], "paper");
    EXPECT_EQ(row->second[8], truth["fields"]["number_symbol"]);
    EXPECT_EQ(row->second[9], truth["fields"]["date"]);
  }
  EXPECT_EQ(unknown, 1);
}

TEST(Committed, TheThirdQuarterReachesThirtyPercentAndTheYearDoesNot) {
  const auto rows = registerRows();
  std::set<std::string> filed;
  for (const Json& truth : truths()) {
    if (truth["expected"] == "filed") {
      filed.insert(truth["dossier"]);
    }
  }
  int quarter = 0;
  int year = 0;
  for (const auto& [code, values] : rows) {
    ++year;
    quarter += values[4] >= "2021-07-01" && values[4] <= "2021-09-30" ? 1 : 0;
  }
  const int done = static_cast<int>(filed.size());
  EXPECT_GE(100 * done, 30 * quarter);
  EXPECT_LT(100 * done, 30 * year);
}

}  // namespace
}  // namespace sohoa::samples
