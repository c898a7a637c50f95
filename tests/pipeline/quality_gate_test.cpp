#include "pipeline/dossier/quality_gate.h"

#include <gmock/gmock.h>

namespace sohoa {
namespace {

IntakeFile scan(const std::string& name, double dpi = 300, int pages = 1) {
  IntakeFile file;
  file.original.name = name;
  file.original.pages = pages;
  for (int i = 0; i < pages; ++i) file.pages.push_back({1000, 1400, dpi, dpi, false});
  return file;
}

IntakeItem dossier(std::vector<IntakeFile> files) {
  return {"H46-210901-0001", "H46-210901-0001", std::move(files), {}};
}

PageReading reading(int words, double confidence) {
  PageReading made;
  made.inkShare = 0.05;
  made.confidence = confidence;
  TextLine line;
  for (int i = 0; i < words; ++i)
    line.words.push_back({"chữ", {}, 0, 0, 0, 0, 30, confidence, false});
  if (words > 0) made.blocks = {{{}, {line}}};
  return made;
}

std::optional<Cause> judged(const Result<PageReading>& read) {
  const IntakeFile file = scan("001.jpg");
  const auto problem = judgePage({&file, 0, read}, QualityConfig{});
  return problem ? std::optional(problem->cause) : std::nullopt;
}

TEST(GateAtIntake, PassesAWholeDossierAtTheAllowedResolution) {
  EXPECT_TRUE(judgeIntake(dossier({scan("001.jpg", 200), scan("002.jpg", 199.2)}), QualityConfig{})
                  .empty());
}

TEST(GateAtIntake, NamesEveryPageBelowTheResolutionAndTheGap) {
  const auto problems =
      judgeIntake(dossier({scan("001.tif", 150, 2), scan("003.jpg", 198)}), QualityConfig{});
  ASSERT_EQ(problems.size(), 4u);
  EXPECT_EQ(problems[0].cause, Cause::pagesGap);
  EXPECT_EQ(problems[0].item, "2");
  EXPECT_EQ(problems[1].cause, Cause::imageLowResolution);
  EXPECT_EQ(problems[1].item, "001.tif, 1");
  EXPECT_EQ(problems[2].item, "001.tif, 2");
  EXPECT_EQ(problems[3].item, "003.jpg");
  EXPECT_EQ(problems[3].detail, "198 x 198 dpi");
}

TEST(GateAtIntake, LooksAtTheCoarserDirection) {
  IntakeFile file = scan("001.tif");
  file.pages.front().yDpi = 98;  // a fax
  EXPECT_EQ(judgeIntake(dossier({file}), QualityConfig{}).size(), 1u);
}

TEST(GateAtIntake, DoesNotJudgeTheScansInsideASignedPdf) {
  IntakeFile file = scan("001.pdf", 72);
  file.alreadySigned = true;
  EXPECT_TRUE(judgeIntake(dossier({file}), QualityConfig{}).empty());
}

TEST(GateForPages, PassesWhatIsReadWell) { EXPECT_EQ(judged(reading(50, 0.93)), std::nullopt); }

TEST(GateForPages, PassesABlankPage) {
  PageReading blank = reading(0, 0);
  blank.blank = true;
  blank.orientationSure = false;
  EXPECT_EQ(judged(blank), std::nullopt);
}

TEST(GateForPages, HoldsADoubtfulReadingButNotAFewDoubtfulWords) {
  EXPECT_EQ(judged(reading(50, 0.69)), Cause::pageDoubtful);
  EXPECT_EQ(judged(reading(50, 0.70)), std::nullopt);
  EXPECT_EQ(judged(reading(9, 0.10)), std::nullopt);
}

TEST(GateForPages, HoldsInkThatIsNotRead) {
  EXPECT_EQ(judged(reading(0, 0)), Cause::pageUnread);
  PageReading half = reading(50, 0.9);
  half.unreadInkShare = 0.51;
  EXPECT_EQ(judged(half), Cause::pageUnread);
  half.inkShare = 0.001;  // too little to hide a line
  EXPECT_EQ(judged(half), std::nullopt);
}

TEST(GateForPages, HoldsAnUncertainOrientation) {
  PageReading turned = reading(50, 0.9);
  turned.orientationSure = false;
  EXPECT_EQ(judged(turned), Cause::pageOrientation);
}

TEST(GateForPages, HoldsHandwritingAndPicturesWithReasonsOfTheirOwn) {
  PageReading page = reading(3, 0.4);
  page.unreadInkShare = 0.9;
  page.orientationSure = false;
  page.kind = PageKind::handwriting;
  EXPECT_EQ(judged(page), Cause::pageHandwritten);
  page.kind = PageKind::picture;
  EXPECT_EQ(judged(page), Cause::pagePicture);
}

TEST(GateForPages, HoldsAPageThatCouldNotBeReadAndNamesIt) {
  const IntakeFile file = scan("tệp.tif", 300, 3);
  const ItemError crashed{Stage::recognition, Cause::pageCrashed, "", ""};
  const auto problem = judgePage({&file, 2, crashed}, QualityConfig{});
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->cause, Cause::pageCrashed);
  EXPECT_EQ(problem->item, "tệp.tif, 3");
}

TEST(PageRecordOf, AGoodPageCarriesNoFlags) {
  const IntakeFile file = scan("001.jpg");
  const PageRecord record = pageRecord({&file, 0, reading(50, 0.9)}, 4, QualityConfig{}, {});
  EXPECT_EQ(record.number, 4);
  EXPECT_EQ(record.original, "001.jpg");
  EXPECT_EQ(record.originalPage, 1);
  EXPECT_EQ(record.words, 50);
  EXPECT_EQ(record.outcome, PageOutcome::recognised);
  EXPECT_TRUE(record.flags.empty());
}

TEST(PageRecordOf, AnAcceptedPageIsFlaggedWithItsCause) {
  const IntakeFile file = scan("001.jpg");
  const ItemError crashed{Stage::recognition, Cause::pageCrashed, "", ""};
  const PageRecord record = pageRecord({&file, 0, crashed}, 1, QualityConfig{}, {"page.crashed"});
  EXPECT_EQ(record.outcome, PageOutcome::flagged);
  EXPECT_THAT(record.flags, testing::ElementsAre("page.crashed"));
}

TEST(PageRecordOf, ABlankTurnedPageOfAssumedResolutionSaysSo) {
  IntakeFile file = scan("001.jpg");
  file.pages.front().dpiAssumed = true;
  PageReading blank = reading(0, 0);
  blank.blank = true;
  blank.rotation = 180;
  const PageRecord record = pageRecord({&file, 0, blank}, 1, QualityConfig{}, {});
  EXPECT_EQ(record.outcome, PageOutcome::flagged);
  EXPECT_THAT(record.flags, testing::ElementsAre("dpi_assumed", "rotated", "blank"));
}

}  // namespace
}  // namespace sohoa
