#include "pipeline/dossier/dossier_documents.h"

#include <gmock/gmock.h>

#include <sstream>

namespace sohoa {
namespace {

constexpr const char* kCode = "000.00.12.H46-210910-0001";

void addLine(PageReading& page, int x, int y, const std::string& text) {
  TextLine line;
  std::istringstream in(text);
  for (std::string part; in >> part;) {
    Word word;
    word.text = part;
    word.box = {x, y - 48, 24 * static_cast<int>(part.size()), 48};
    word.confidence = 0.9;
    x += word.box.width + 14;
    line.words.push_back(word);
  }
  page.blocks.push_back({{}, {line}});
}

PageReading paper(const std::string& number) {
  PageReading page;
  page.width = 2480, page.height = 3508;
  addLine(page, 350, 280, "SỞ TÀI NGUYÊN");
  addLine(page, 1250, 280, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
  addLine(page, 400, 470, "Số: " + number);
  addLine(page, 1300, 470, "Huế, ngày 05 tháng 3 năm 2021");
  addLine(page, 1150, 650, "QUYẾT ĐỊNH");
  return page;
}

class DossierDocuments : public testing::Test {
 protected:
  void scan(const std::string& name, const std::string& number) {
    IntakeFile& file = item_.files.emplace_back();
    file.original.name = name, file.original.pages = 1;
    numbers_.push_back(number);
  }
  std::vector<DossierDocument> judged(const std::string& registered, const FieldMap& keyed = {}) {
    item_.code = kCode;
    pages_.clear();
    for (std::size_t i = 0; i < item_.files.size(); ++i) {
      pages_.push_back({&item_.files[i], 0, paper(numbers_[i])});
    }
    RegisterRow row;
    row.dossierCode = kCode, row.resultNumber = registered;
    return *dossierDocuments(item_, pages_, row, keyed);
  }
  IntakeItem item_;
  std::vector<PageAttempt> pages_;
  std::vector<std::string> numbers_;
};

TEST_F(DossierDocuments, HaveTheirOwnPagesFieldsAndCodes) {
  scan("KQ1/001.jpg", "12/QĐ-STNMT");
  scan("TP1 Đơn/001.jpg", "7/ĐĐN-CT");
  scan("TP1 Đơn/002.jpg", "8/ĐĐN-CT");
  const auto documents = judged("12/QĐ-STNMT");
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[0].code, std::string(kCode) + "-KQ1");
  EXPECT_THAT(documents[0].pages, testing::ElementsAre(0U));
  EXPECT_EQ(documents[0].judged.fields.at("number").value, "12/QĐ-STNMT");
  EXPECT_EQ(documents[1].code, std::string(kCode) + "-TP1");
  EXPECT_THAT(documents[1].pages, testing::ElementsAre(1U, 2U));
  EXPECT_EQ(documents[1].judged.fields.at("number").value, "7/ĐĐN-CT");
}

TEST_F(DossierDocuments, CompareTheRegisterWithTheResultThatCarriesItsNumber) {
  scan("KQ1/001.jpg", "12/GP-STNMT");
  scan("KQ2/001.jpg", "34/QĐ-STNMT");
  const auto documents = judged("34/QĐ-STNMT");
  EXPECT_FALSE(documents[0].registered);
  EXPECT_TRUE(documents[1].registered);
  EXPECT_THAT(documents[0].judged.problems, testing::IsEmpty());
  EXPECT_THAT(documents[1].judged.problems, testing::IsEmpty());
}

TEST_F(DossierDocuments, CompareTheRegisterWithTheFirstResultWhenNoneCarriesItsNumber) {
  scan("KQ1/001.jpg", "12/GP-STNMT");
  scan("KQ2/001.jpg", "34/QĐ-STNMT");
  const auto documents = judged("56/QĐ-STNMT");
  ASSERT_EQ(documents[0].judged.problems.size(), 1U);
  EXPECT_EQ(documents[0].judged.problems[0].cause, Cause::fieldContradiction);
  EXPECT_EQ(documents[0].judged.problems[0].item, "number");
  EXPECT_THAT(documents[1].judged.problems, testing::IsEmpty());
}

TEST_F(DossierDocuments, NameTheResultWhoseNumberIsMissing) {
  scan("KQ1/001.jpg", "12/GP-STNMT");
  scan("KQ2/001.jpg", "/QĐ-STNMT");
  const auto documents = judged("12/GP-STNMT");
  ASSERT_EQ(documents[1].judged.problems.size(), 1U);
  EXPECT_EQ(documents[1].judged.problems[0].item, "KQ2.number");
  FieldMap keyed;
  keyed["KQ2.number"].value = "34/QĐ-STNMT";
  const auto corrected = judged("12/GP-STNMT", keyed);
  EXPECT_THAT(corrected[1].judged.problems, testing::IsEmpty());
  EXPECT_EQ(corrected[1].judged.fields.at("number").value, "34/QĐ-STNMT");
  EXPECT_EQ(corrected[0].judged.fields.at("number").value, "12/GP-STNMT");
}

TEST_F(DossierDocuments, HoldNothingUpForWhatMissesInPapersHandedIn) {
  scan("KQ1/001.jpg", "12/GP-STNMT");
  scan("TP1/001.jpg", "/ĐĐN-CT");
  scan("XL1/001.jpg", "/TTr-STNMT");
  for (const DossierDocument& document : judged("12/GP-STNMT")) {
    EXPECT_THAT(document.judged.problems, testing::IsEmpty()) << document.code;
    EXPECT_FALSE(document.judged.missesByHand) << document.code;
  }
}

}  // namespace
}  // namespace sohoa
