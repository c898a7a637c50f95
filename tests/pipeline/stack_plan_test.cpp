#include "pipeline/batch/stack_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/core.h>

namespace sohoa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string code(int n) { return fmt::format("000.00.12.H46-210910-{:04}", n); }

/// A stack written down: "S1/3" is the sheet of dossier 1 that declares 3 pages, "c" a page with
/// content, "b" a blank one, "m" one with marks alone, "q2/1" one with a code alone, "r2" content
/// with the receipt of dossier 2, "?" one that could not be looked at.
std::vector<StackPage> stack(const std::vector<std::string>& words, int of = 9) {
  std::vector<StackPage> pages;
  int sheet = 0;
  for (const std::string& word : words) {
    StackPage& page = pages.emplace_back();
    page.file = "scan.tif";
    page.index = static_cast<int>(pages.size()) - 1;
    if (word == "?") continue;
    PageSigns signs;
    signs.blank = word == "b";
    const std::size_t slash = word.find('/');
    if (word[0] == 'S' || word[0] == 'q') {
      const int pagesDeclared = std::stoi(word.substr(slash + 1));
      signs.codes = {separatorPayload(
          {code(std::stoi(word.substr(1))), ++sheet, of, pagesDeclared, "AAAAAA"})};
    }
    if (word[0] == 'r')
      signs.codes = {"https://mc.quangbinh.gov.vn/?ma=" + code(std::stoi(word.substr(1)))};
    if (word[0] == 'S' || word == "m") signs.marks = 6, signs.sheetMarks = true;
    page.signs = signs;
  }
  return pages;
}

StackPlan plan(const std::vector<std::string>& words, int of = 9) {
  return planStack(stack(words, of), [](const std::string& one) { return one != code(99); });
}

std::vector<std::string> causes(const StackPlan& plan) {
  std::vector<std::string> codes;
  for (const ItemError& problem : plan.problems) codes.emplace_back(codeOf(problem.cause));
  return codes;
}

TEST(StackPlan, GivesEveryDossierThePagesBehindItsSheet) {
  const StackPlan done = plan({"S1/2", "c", "c", "S2/1", "c"});
  EXPECT_THAT(causes(done), IsEmpty());
  ASSERT_EQ(done.parts.size(), 2u);
  EXPECT_EQ(done.parts[0].code, code(1));
  EXPECT_THAT(done.parts[0].sheets, ElementsAre(1));
  EXPECT_THAT(done.parts[0].pages, ElementsAre(2, 3));
  EXPECT_EQ(done.parts[1].code, code(2));
  EXPECT_THAT(done.parts[1].pages, ElementsAre(5));
}

TEST(StackPlan, TakesBlankBacksOfDuplexScanningForWhatTheyAre) {
  const StackPlan done = plan({"S1/3", "b", "c", "c", "c", "b", "S2/1", "b", "c", "b"});
  EXPECT_THAT(causes(done), IsEmpty());
  ASSERT_EQ(done.parts.size(), 2u);
  EXPECT_THAT(done.parts[0].sheets, ElementsAre(1, 2));
  EXPECT_THAT(done.parts[0].pages, ElementsAre(3, 4, 5, 6));
  EXPECT_THAT(done.parts[1].sheets, ElementsAre(7, 8));
}

TEST(StackPlan, KnowsASheetThatWasPutInFaceDown) {
  const StackPlan done = plan({"S1/2", "b", "c", "c", "b", "S2/1", "c", "b"});
  EXPECT_THAT(causes(done), IsEmpty());
  ASSERT_EQ(done.parts.size(), 2u);
  EXPECT_THAT(done.parts[0].pages, ElementsAre(3, 4));
  EXPECT_THAT(done.parts[1].sheets, ElementsAre(5, 6));
  EXPECT_THAT(done.parts[1].pages, ElementsAre(7, 8));
}

TEST(StackPlan, CountsABlankPageOfOneSidedScansEitherWay) {
  EXPECT_THAT(causes(plan({"S1/2", "c", "b", "S2/1", "c"})), IsEmpty());
  EXPECT_THAT(causes(plan({"S1/1", "c", "b", "S2/1", "c"})), IsEmpty());
}

TEST(StackPlan, HoldsAStackWhoseCountsDoNotFit) {
  EXPECT_THAT(causes(plan({"S1/2", "c", "S2/1", "c"})), ElementsAre("stack.page_count"));
  EXPECT_THAT(causes(plan({"S1/2", "c", "c", "c", "S2/1", "c"})), ElementsAre("stack.page_count"));
  EXPECT_THAT(causes(plan({"S1/1", "c", "S2/1"})), ElementsAre("stack.page_count"));
  EXPECT_THAT(causes(plan({"S1/2", "b", "c", "b", "S2/1", "b", "c", "b"})),
              ElementsAre("stack.page_count"));
}

TEST(StackPlan, HoldsAStackWithASheetSeenByOneSignalOnly) {
  EXPECT_THAT(causes(plan({"S1/1", "c", "m", "c"})), testing::Contains("stack.one_signal"));
  EXPECT_THAT(causes(plan({"S1/1", "c", "q2/1", "c"})), testing::Contains("stack.one_signal"));
  auto damaged = stack({"S1/1", "c", "c", "c"});
  damaged[2].signs->damagedCode = true;
  EXPECT_THAT(causes(planStack(damaged, [](const std::string&) { return true; })),
              testing::Contains("stack.one_signal"));
}

TEST(StackPlan, HoldsAStackThatBeginsWithoutASheetOrHasNone) {
  EXPECT_THAT(causes(plan({"c", "S1/1", "c"})), ElementsAre("stack.before_first_sheet"));
  EXPECT_THAT(causes(plan({"b", "S1/1", "c"})), ElementsAre("stack.before_first_sheet"));
  EXPECT_THAT(causes(plan({"c", "c"})), ElementsAre("stack.no_sheet"));
}

TEST(StackPlan, HoldsAStackWithACodeTwiceOrUnknown) {
  EXPECT_THAT(causes(plan({"S1/1", "c", "S2/1", "c", "S1/1", "c"})),
              ElementsAre("stack.code_twice"));
  EXPECT_THAT(causes(plan({"S99/1", "c"})), ElementsAre("stack.unknown_dossier"));
}

TEST(StackPlan, HoldsAStackWithASheetThatFailsItsCheckOrIsOfAnotherVersion) {
  auto pages = stack({"S1/1", "c"});
  std::string& payload = pages[0].signs->codes[0];
  payload[6] = '2';
  EXPECT_THAT(causes(planStack(pages, [](const std::string&) { return true; })),
              testing::Contains("stack.sheet_version"));
  payload[6] = '1';
  payload.back() = payload.back() == '0' ? '1' : '0';
  EXPECT_THAT(causes(planStack(pages, [](const std::string&) { return true; })),
              testing::Contains("stack.sheet_check"));
}

TEST(StackPlan, HoldsAStackWithAPageThatCannotBeLookedAt) {
  EXPECT_THAT(causes(plan({"S1/1", "?"})), testing::Contains("stack.page_unread"));
}

TEST(StackPlan, WithoutDeclaredCountsWantsAnUnbrokenPrint) {
  EXPECT_THAT(causes(plan({"S1/0", "c", "S2/0", "c", "c"}, 2)), IsEmpty());
  // The last sheet is not the last of its print: the one after it may have been lost.
  EXPECT_THAT(causes(plan({"S1/0", "c", "S2/0", "c", "c"}, 3)), ElementsAre("stack.count_unknown"));
  auto gap = stack({"S1/0", "c", "S2/0", "c"}, 3);
  gap[2].signs->codes = {separatorPayload({code(2), 3, 3, 0, "AAAAAA"})};
  EXPECT_THAT(causes(planStack(gap, [](const std::string&) { return true; })),
              ElementsAre("stack.count_unknown"));
}

TEST(StackPlan, HoldsAStackWithAReceiptOfAnotherDossier) {
  EXPECT_THAT(causes(plan({"S1/2", "r1", "c", "S2/1", "c"})), IsEmpty());
  EXPECT_THAT(causes(plan({"S1/2", "r2", "c", "S2/1", "c"})), ElementsAre("stack.other_code"));
  // A receipt begins no dossier.
  EXPECT_THAT(causes(plan({"r1", "c"})), ElementsAre("stack.no_sheet"));
}

}  // namespace
}  // namespace sohoa
