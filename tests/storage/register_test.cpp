#include "storage/register/register.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/result.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

using test::codeOf;
using test::day;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kHeader =
    "dossier_code,procedure_code,procedure_name,unit,received_on,resolved_on,medium,applicant,"
    "result_number,result_date,excluded_reason\n";

/// Reads it from a file, as everybody does.
RegisterFile readRegisterCsv(const std::string& bytes, const RegisterOptions& options = {}) {
  const test::TemporaryFolder folder;
  test::spill(folder / "register.csv", bytes);
  return readRegister(folder / "register.csv", options);
}

std::string refusal(const std::string& bytes) {
  try {
    readRegisterCsv(bytes);
  } catch (const BatchError& error) {
    EXPECT_EQ(error.cause(), Cause::registerFormat);
    return error.detail();
  }
  ADD_FAILURE() << "not refused";
  return {};
}

TEST(Register, ReadsEveryColumn) {
  const auto file = readRegisterCsv(kHeader + codeOf(1) +
                                    ",1.004193,Đăng ký,Văn phòng,2021-09-10,2021-09-20,paper,Hòa,"
                                    "1001/QĐ-STNMT,2021-09-19\n");
  EXPECT_THAT(file.problems, IsEmpty());
  ASSERT_EQ(file.rows.size(), 1u);
  EXPECT_EQ(file.rows[0].procedureName, "Đăng ký");
  EXPECT_EQ(file.rows[0].receivedOn, day(2021, 9, 10));
  EXPECT_EQ(file.rows[0].resolvedOn, day(2021, 9, 20));
  EXPECT_EQ(file.rows[0].resultDate, day(2021, 9, 19));
  EXPECT_EQ(file.rows[0].resultNumber, "1001/QĐ-STNMT");
}

TEST(Register, TakesColumnsInAnyOrderAndAnySpelling) {
  for (const char* header :
       {"Received_On;DOSSIER_CODE;extra;unit", "Ngày tiếp nhận;Mã hồ sơ;x;Đơn vị",
        "\"received on\";\"dossier code\";y;unit"}) {
    const auto file =
        readRegisterCsv(std::string(header) + "\n10/09/2021;" + codeOf(1) + ";?;Phòng; \n");
    ASSERT_EQ(file.rows.size(), 1u) << header;
    EXPECT_EQ(file.rows[0].unit, "Phòng");
    EXPECT_EQ(file.rows[0].receivedOn, day(2021, 9, 10));
    EXPECT_EQ(file.rows[0].medium, "");
  }
}

TEST(Register, KnowsSeparatorsByteOrderMarkAndLineEnds) {
  for (const char separator : {',', ';', '\t'}) {
    std::string text =
        "\xEF\xBB\xBF"
        "dossier_code,unit,received_on\r\n" +
        codeOf(1) + ",\"a \"\"b\"\"\r\nc\",2021-09-10\r\n\r\n" + codeOf(2) + ",d,2021-09-11";
    std::replace(text.begin(), text.end(), ',', separator);
    const auto file = readRegisterCsv(text);
    EXPECT_THAT(file.problems, IsEmpty());
    ASSERT_EQ(file.rows.size(), 2u);
    EXPECT_EQ(file.rows[0].unit, "a \"b\"\r\nc");
    EXPECT_EQ(file.rows[1].unit, "d");
  }
}

TEST(Register, KeepsAnEmptyTabbedField) {
  const auto file =
      readRegisterCsv("dossier_code\tunit\treceived_on\n" + codeOf(1) + "\t\t2021-09-10\n");
  ASSERT_EQ(file.rows.size(), 1u);
  EXPECT_EQ(file.rows[0].unit, "");
}

TEST(Register, ListsBadRowsWithTheirLineAndReadsTheRest) {
  const auto file = readRegisterCsv(
      "dossier_code,received_on,resolved_on,result_date,medium,unit\n"
      "KHONG-PHAI-MA,2021-09-10,,,,\n" +  // 2
      codeOf(1) +
      ",2021-02-30,,,,\n" +                                // 3
      codeOf(2) + ",2021-09-10,soon,,,\n" +                // 4
      codeOf(3) + ",2021-09-10,,31/9/2021,,\n" +           // 5
      "\n" +                                               // 6
      codeOf(4) + ",2021-09-10,,,fax,\n" +                 // 7
      codeOf(5) + ",2021-09-10,,,giấy,\"two\nlines\"\n" +  // 8, 9
      codeOf(5) + ",2021-09-10,,,giấy,\"two\nlines\"\n" +  // 10, 11: the same
      codeOf(5) + ",2021-09-11,,,giấy,x\n" +               // 12
      codeOf(6) + ",1/9/2021 08:30,,,Trực tuyến\n");       // 13
  std::vector<int> lines;
  for (const auto& problem : file.problems) lines.push_back(problem.line);
  EXPECT_EQ(lines, (std::vector<int>{2, 3, 4, 5, 7, 12}));
  EXPECT_EQ(file.problems[0].value, "KHONG-PHAI-MA");
  EXPECT_EQ(file.problems[1].what, "not a day (received_on)");
  EXPECT_EQ(file.problems[1].value, "2021-02-30");
  ASSERT_EQ(file.rows.size(), 2u);
  EXPECT_EQ(file.rows[0].medium, "paper");
  EXPECT_EQ(file.rows[0].receivedOn, day(2021, 9, 10)) << "the first row stays";
  EXPECT_EQ(file.rows[1].medium, "online");
  EXPECT_EQ(file.rows[1].receivedOn, day(2021, 9, 1));
}

TEST(Register, MakesDecomposedTextTheSameAsComposed) {
  const auto file = readRegisterCsv("dossier_code,received_on,unit\n" + codeOf(1) +
                                    ",2021-09-10, \u0110a\u0302\u0301t \n");
  EXPECT_EQ(file.rows.at(0).unit, "Đất");
}

TEST(Register, RefusesWhatIsNoRegister) {
  EXPECT_THAT(refusal(""), HasSubstr("empty"));
  EXPECT_THAT(refusal("a,b\n1,2\n"), HasSubstr("dossier_code"));
  EXPECT_THAT(refusal("dossier_code\n"), HasSubstr("received_on"));
  EXPECT_THAT(refusal("dossier_code,received_on,Ma ho so\n"), HasSubstr("twice"));
  EXPECT_THAT(refusal("dossier_code,received_on\nx,\"2021\ny"), HasSubstr("line 2"));
}

TEST(Register, HintsAtTheEncoding) {
  EXPECT_THAT(refusal(kHeader + "\xD0\xE2t\n"), HasSubstr("Windows-1258"));
  EXPECT_THAT(refusal(kHeader + "\xD0\xE2t\n"), HasSubstr("line 2"));
  EXPECT_THAT(refusal(std::string("\xFF\xFE"
                                  "d\0",
                                  4)),
              HasSubstr("UTF-16"));
  EXPECT_THAT(refusal(std::string("a\0b", 3)), HasSubstr("zero byte"));
}

TEST(Register, ReadsBackWhatItWrote) {
  RegisterRow odd = test::registerRow(1, "Phòng \"A\", tổ 2; nhóm\n3");
  odd.resolvedOn = day(2021, 12, 31);
  odd.resultDate = day(2021, 12, 30);
  odd.medium = "online";
  const std::vector<RegisterRow> rows = {odd, test::registerRow(2)};
  const std::string text = writeRegisterCsv({rows[1], rows[0]});
  EXPECT_EQ(text.substr(0, kHeader.size()), kHeader);
  const auto read = readRegisterCsv(text);
  EXPECT_EQ(read.rows, rows);
  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_EQ(writeRegisterCsv(read.rows), text);
}

TEST(Register, ReadsBothStructuresOfAgencyCodes) {
  const auto file = readRegisterCsv(
      "dossier_code,received_on\nH46.12-210910-0001,2021-09-10\n"
      "000.00.12.H46-210910-0001,2021-09-10\nH46.12-210931-0001,2021-09-10\n");
  EXPECT_EQ(file.rows.size(), 2u);
  ASSERT_EQ(file.problems.size(), 1u) << "there is no 31 September";
  EXPECT_EQ(file.problems[0].line, 4);
}

TEST(Register, FindsTheHeadingsBelowATitle) {
  const auto file =
      readRegisterCsv("SỔ THEO DÕI HỒ SƠ\n\nTừ ngày 1/9/2021\nMã hồ sơ;Ngày nhận;Đơn vị\n" +
                      codeOf(1) + ";10-09-2021;Phòng\n" + codeOf(2) + ";44449;Phòng\n");
  ASSERT_EQ(file.rows.size(), 2u);
  EXPECT_EQ(file.rows[0].receivedOn, day(2021, 9, 10));
  EXPECT_EQ(file.rows[1].receivedOn, day(2021, 9, 10)) << "a day as a spreadsheet counts it";
}

TEST(Register, TakesTheHeadingsThatTheSiteGives) {
  RegisterOptions options;
  options.columns = {{"dossier_code", "Số biên nhận"}, {"unit", "Phòng thụ lý"}};
  const std::string text =
      "Số biên nhận,ngày nhận,phong thu ly,Đơn vị\n" + codeOf(1) + ",2021-09-10,Phòng A,B\n";
  const auto file = readRegisterCsv(text, options);
  ASSERT_EQ(file.rows.size(), 1u);
  EXPECT_EQ(file.rows[0].unit, "Phòng A");
  options.columns["applicant"] = "Ông/bà";
  EXPECT_THROW(readRegisterCsv(text, options), BatchError)
      << "a heading that was given must be there";
}

TEST(Register, KnowsWhyPapersAreNotDigitised) {
  const auto file =
      readRegisterCsv("dossier_code,received_on,Lý do không số hóa\n" + codeOf(1) +
                      ",2021-09-10,Bản chụp\n" + codeOf(2) + ",2021-09-10,secret\n" + codeOf(3) +
                      ",2021-09-10,\n" + codeOf(4) + ",2021-09-10,lười\n");
  ASSERT_EQ(file.rows.size(), 3u);
  EXPECT_EQ(file.rows[0].excludedReason, "photocopy");
  EXPECT_EQ(file.rows[1].excludedReason, "secret");
  EXPECT_EQ(file.rows[2].excludedReason, "");
  ASSERT_EQ(file.problems.size(), 1u);
  EXPECT_EQ(file.problems[0].line, 5);
}

TEST(Register, ReadsWindows1258OnDemand) {
  RegisterOptions options;
  options.encoding = TextEncoding::windows1258;
  const auto file = readRegisterCsv(
      "ma ho so,ngay nhan,\xF0\xF5n vi\xF2\n" + codeOf(1) + ",2021-09-10,\xD0\xE2\xECt\n", options);
  ASSERT_EQ(file.rows.size(), 1u);
  EXPECT_EQ(file.rows[0].unit, "Đất");
}

}  // namespace
}  // namespace sohoa
