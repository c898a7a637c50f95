#include "pipeline/dossier/field_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  line.box = {line.words.front().box.x, y - 48, x, 48};
  TextBlock block;
  block.lines.push_back(line);
  page.blocks.push_back(block);
}

PageReading decision(const std::string& number, const std::string& date) {
  PageReading page;
  page.width = 2480;
  page.height = 3508;
  addLine(page, 350, 280, "SỞ TÀI NGUYÊN");
  addLine(page, 1250, 280, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
  addLine(page, 400, 470, "Số: " + number);
  addLine(page, 1300, 470, "Huế, " + date);
  addLine(page, 1150, 650, "QUYẾT ĐỊNH");
  return page;
}

RegisterRow row(const std::string& number, const std::string& day) {
  RegisterRow out;
  out.dossierCode = kCode;
  out.resultNumber = number;
  if (!day.empty()) out.resultDate = parseIsoDay(day);
  return out;
}

TEST(FieldGate, TakesWhatIsPrintedAndAgrees) {
  const auto judged = judgeFields({decision("12/QĐ-STNMT", "ngày 05 tháng 3 năm 2021")}, kCode,
                                  row("12/QĐ-STNMT", "2021-03-05"), {});
  EXPECT_THAT(judged.problems, testing::IsEmpty());
  EXPECT_EQ(judged.fields.at("number").value, "12/QĐ-STNMT");
  EXPECT_EQ(judged.fields.at("number").source, kFromPage);
  EXPECT_EQ(judged.fields.at("date").value, "2021-03-05");
}

TEST(FieldGate, HoldsAContradictionAndShowsBothValues) {
  const auto judged = judgeFields({decision("12/QĐ-STNMT", "ngày 05 tháng 3 năm 2021")}, kCode,
                                  row("72/QĐ-STNMT", "2021-03-06"), {});
  ASSERT_EQ(judged.problems.size(), 2U);
  EXPECT_EQ(judged.problems[0].cause, Cause::fieldContradiction);
  EXPECT_EQ(judged.problems[0].item, "number");
  EXPECT_THAT(judged.problems[0].detail, testing::HasSubstr("12/QĐ-STNMT"));
  EXPECT_THAT(judged.problems[0].detail, testing::HasSubstr("72/QĐ-STNMT"));
  EXPECT_THAT(judged.problems[0].detail, testing::HasSubstr("90 %"));
  EXPECT_EQ(judged.problems[1].item, "date");
}

TEST(FieldGate, TakesTheRegistersValueForAnOpenSlotAndSaysSo) {
  const auto judged = judgeFields({decision("/QĐ-STNMT", "ngày tháng 3 năm 2021")}, kCode,
                                  row("12/QĐ-STNMT", "2021-03-05"), {});
  EXPECT_THAT(judged.problems, testing::IsEmpty());
  EXPECT_EQ(judged.fields.at("number").value, "12/QĐ-STNMT");
  EXPECT_EQ(judged.fields.at("number").source, kFromRegister);
  EXPECT_TRUE(judged.fields.at("number").byHand);
  EXPECT_FALSE(judged.missesByHand);
}

TEST(FieldGate, NeverGuessesWhatIsWrittenByHand) {
  PageReading page = decision("12/QĐ-STNMT", "ngày 05 tháng 3 năm 2021");
  page.slots = {{HeadingSlot::Kind::number, {500, 420, 80, 50}, true, 0.97}};
  const auto judged = judgeFields({page}, kCode, row("", "2021-03-05"), {});
  ASSERT_EQ(judged.problems.size(), 1U);
  EXPECT_EQ(judged.problems[0].cause, Cause::fieldByHand);
  EXPECT_EQ(judged.problems[0].item, "number");
  EXPECT_EQ(judged.fields.at("number").value, "");
  EXPECT_TRUE(judged.missesByHand);
}

TEST(FieldGate, TakesWhatAPersonKeyedIn) {
  FieldMap keyed;
  keyed["number"].value = "15/QĐ-STNMT";
  keyed["number"].person = "lan";
  keyed["number"].reason = "read from the crop";
  const auto judged =
      judgeFields({decision("/QĐ-STNMT", "ngày 05 tháng 3 năm 2021")}, kCode, row("", ""), keyed);
  EXPECT_THAT(judged.problems, testing::IsEmpty());
  EXPECT_EQ(judged.fields.at("number").value, "15/QĐ-STNMT");
  EXPECT_EQ(judged.fields.at("number").source, kKeyed);
  EXPECT_EQ(judged.fields.at("number").person, "lan");
  EXPECT_FALSE(judged.missesByHand);
}

TEST(FieldGate, HoldsThePagesOfAnotherDossier) {
  PageReading page = decision("12/QĐ-STNMT", "ngày 05 tháng 3 năm 2021");
  addLine(page, 400, 900, "Mã hồ sơ: 000.00.12.H46-210910-0002.");
  const auto judged = judgeFields({page}, kCode, row("12/QĐ-STNMT", "2021-03-05"), {});
  ASSERT_EQ(judged.problems.size(), 1U);
  EXPECT_EQ(judged.problems[0].item, "dossier_code");
}

TEST(KeyedFields, AreMadeCanonical) {
  EXPECT_EQ(canonicalField("date", "5/3/2021"), "2021-03-05");
  EXPECT_EQ(canonicalField("date", "2021-03-05"), "2021-03-05");
  EXPECT_EQ(canonicalField("number", "12 /QĐ-STNMT"), "12/QĐ-STNMT");
  EXPECT_FALSE(canonicalField("date", "31/2/2021"));
  EXPECT_FALSE(canonicalField("number", "QĐ"));
  EXPECT_FALSE(canonicalField("colour", "blue"));
}

}  // namespace
}  // namespace sohoa
