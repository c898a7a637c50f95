#include "pipeline/intake/document_plan.h"

#include <gmock/gmock.h>

namespace sohoa {
namespace {

using testing::ElementsAre;

std::vector<IntakeFile> files(const std::vector<std::string>& names) {
  std::vector<IntakeFile> made;
  for (std::string name : names) {
    IntakeFile& file = made.emplace_back();
    file.alreadySigned = name.ends_with("signed.pdf");
    file.original.name = std::move(name);
    file.original.pages = 1;
  }
  return made;
}

/// "KQ1: 0 1" for each document, or the code of the cause.
std::vector<std::string> planned(const std::vector<std::string>& names) {
  const auto documents = planDocuments(files(names));
  if (!documents) return {std::string(codeOf(documents.error().cause))};
  std::vector<std::string> lines;
  for (const PlannedDocument& document : *documents) {
    std::string line = document.label.text() + ":";
    for (const std::size_t file : document.files) line += " " + std::to_string(file);
    if (document.asReceived) line += " as received";
    lines.push_back(std::move(line));
  }
  return lines;
}

TEST(DocumentLabels, OfFoldersSayKindNumberAndName) {
  EXPECT_EQ(labelOfFolder("KQ1"), (DocumentLabel{DocumentKind::result, 1, ""}));
  EXPECT_EQ(labelOfFolder("tp02"), (DocumentLabel{DocumentKind::component, 2, ""}));
  EXPECT_EQ(labelOfFolder("TP2 Đơn đề nghị"),
            (DocumentLabel{DocumentKind::component, 2, "Đơn đề nghị"}));
  EXPECT_EQ(labelOfFolder("XL10-Phiếu ý kiến"),
            (DocumentLabel{DocumentKind::processing, 10, "Phiếu ý kiến"}));
  EXPECT_EQ(labelOfFolder("KQ 1"), (DocumentLabel{DocumentKind::result, 1, ""}));
  for (const char* no : {"", "KQ", "KQ0", "KQ123", "KQ1a", "Đơn", "A1", "T", "scan"}) {
    EXPECT_FALSE(labelOfFolder(no)) << no;
  }
}

TEST(DocumentLabels, OfFilesLeaveThePageOut) {
  EXPECT_EQ(labelOfFile("KQ1-001.jpg"), (DocumentLabel{DocumentKind::result, 1, ""}));
  EXPECT_EQ(labelOfFile("TP1.pdf"), (DocumentLabel{DocumentKind::component, 1, ""}));
  EXPECT_EQ(labelOfFile("TP2 Đơn đề nghị-003.jpg"),
            (DocumentLabel{DocumentKind::component, 2, "Đơn đề nghị"}));
  EXPECT_EQ(labelOfFile("TP3 Giấy chứng nhận BX 123456.pdf"),
            (DocumentLabel{DocumentKind::component, 3, "Giấy chứng nhận BX 123456"}));
  EXPECT_FALSE(labelOfFile("KQ01.jpg")) << "a page";
  EXPECT_FALSE(labelOfFile("KQ001.jpg"));
  EXPECT_FALSE(labelOfFile("001.jpg"));
}

TEST(DocumentPlan, TakesFilesWithoutALabelForTheOneResult) {
  EXPECT_THAT(planned({"001.jpg", "002.jpg"}), ElementsAre("KQ1: 0 1"));
}

TEST(DocumentPlan, GivesEachSignedPdfWithoutALabelTheNextResult) {
  EXPECT_THAT(planned({"001.jpg", "a signed.pdf", "b signed.pdf"}),
              ElementsAre("KQ1: 0", "KQ2: 1 as received", "KQ3: 2 as received"));
  EXPECT_THAT(planned({"signed.pdf"}), ElementsAre("KQ1: 0 as received"));
}

TEST(DocumentPlan, PutsResultsFirstThenProcessingThenComponents) {
  EXPECT_THAT(planned({"KQ1/001.jpg", "KQ1/002.jpg", "KQ2/001.jpg", "TP1 Đơn/001.jpg",
                       "TP2/signed.pdf", "XL1-001.jpg"}),
              ElementsAre("KQ1: 0 1", "KQ2: 2", "XL1: 5", "TP1: 3", "TP2: 4 as received"));
}

TEST(DocumentPlan, TakesFilesWithoutALabelForTheResultBesideOtherPapers) {
  EXPECT_THAT(planned({"001.jpg", "TP1/001.jpg"}), ElementsAre("KQ1: 0", "TP1: 1"));
}

TEST(DocumentPlan, RefusesWhatNamesLeaveOpen) {
  EXPECT_THAT(planned({"001.jpg", "KQ1/001.jpg"}), ElementsAre("document.ambiguous"));
  EXPECT_THAT(planned({"KQ1-001.jpg", "KQ1/002.jpg"}), ElementsAre("document.ambiguous"));
  EXPECT_THAT(planned({"TP1/001.jpg", "TP01 Đơn/001.jpg"}), ElementsAre("document.ambiguous"));
  EXPECT_THAT(planned({"KQ1/001.jpg", "KQ1/signed.pdf"}), ElementsAre("document.ambiguous"));
}

TEST(DocumentPlan, FindsWhatIsMissingInTheCounting) {
  const auto missing = [](const std::vector<std::string>& names) {
    return missingDocument(*planDocuments(files(names)));
  };
  EXPECT_EQ(missing({"KQ1/001.jpg", "KQ2/001.jpg", "TP1.jpg"}), std::nullopt);
  EXPECT_EQ(missing({"KQ1/001.jpg", "KQ3/001.jpg"}), "KQ2");
  EXPECT_EQ(missing({"KQ1/001.jpg", "TP2.jpg"}), "TP1");
}

}  // namespace
}  // namespace sohoa
