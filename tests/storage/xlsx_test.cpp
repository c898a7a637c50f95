#include "storage/tables/xlsx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/result.h"
#include "storage/register/register.h"
#include "tests/storage/sample.h"
#include "tests/storage/zip_file.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

using test::codeOf;
using test::day;
using test::zipOf;
using testing::HasSubstr;

const std::string kWorkbook =
    R"(<workbook xmlns:r="r"><workbookPr/><sheets>
<sheet name="Ẩn" state="hidden" r:id="rId1"/><sheet name="Sổ" r:id="rId2"/>
<sheet name="Khác" r:id="rId3"/></sheets></workbook>)";
const std::string kRelations =
    R"(<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="x/worksheet" Target="/xl/worksheets/sheet2.xml"/>
<Relationship Id="rId3" Type="x/worksheet" Target="worksheets/sheet3.xml"/>
<Relationship Id="rId4" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>)";

class Xlsx : public testing::Test {
 protected:
  /// A workbook whose visible sheet holds these rows.
  void make(const std::string& rows, const std::string& strings = "", bool packed = true) {
    parts_["xl/workbook.xml"] = kWorkbook;
    parts_["xl/_rels/workbook.xml.rels"] = kRelations;
    parts_["xl/sharedStrings.xml"] = "<sst>" + strings + "</sst>";
    parts_["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData/></worksheet>";
    parts_["xl/worksheets/sheet2.xml"] =
        "<worksheet><sheetData>" + rows + "</sheetData></worksheet>";
    parts_["xl/worksheets/sheet3.xml"] =
        "<worksheet><sheetData><row><c t=\"str\"><v>third</v></c></row></sheetData></worksheet>";
    test::spill(file_, zipOf(parts_, packed));
  }
  std::vector<std::pair<int, std::vector<std::string>>> rows(const std::string& sheet = "") {
    std::vector<std::pair<int, std::vector<std::string>>> all;
    XlsxReader reader(file_, sheet, [&](std::vector<std::string>& cells, int row) {
      all.emplace_back(row, cells);
    });
    while (reader.readOn()) {
    }
    return all;
  }
  std::string refusal() {
    try {
      readRegister(file_);
    } catch (const BatchError& error) {
      EXPECT_EQ(error.cause(), Cause::registerFormat);
      return error.detail();
    }
    ADD_FAILURE() << "not refused";
    return {};
  }
  test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "so.xlsx";
  std::map<std::string, std::string> parts_;
};

TEST_F(Xlsx, GivesCellsOfEveryKindAtTheirPlaces) {
  for (const bool packed : {true, false}) {
    make(R"(<row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2"><v>1.0042230000000001</v></c>
<c r="D2" t="inlineStr"><is><r><t>Đất </t></r><r><t>đai</t></r><rPh><t>x</t></rPh></is></c></row>
<row r="5"><c t="b"><v>1</v></c><c t="str"><f>A1</f><v>a &amp; b_x000D_</v></c><c t="e"><v>#N/A</v></c></row>)",
         "<si><t>không</t></si><si><r><t>Phòng </t></r><r><t>Nước</t></r><rPh><t>y</t></rPh></si>",
         packed);
    const auto found = rows();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].first, 2);
    EXPECT_EQ(found[0].second, (std::vector<std::string>{"Phòng Nước", "", "1.004223", "Đất đai"}));
    EXPECT_EQ(found[1].first, 5);
    EXPECT_EQ(found[1].second, (std::vector<std::string>{"1", "a & b\r", "#N/A", ""}));
    EXPECT_EQ(rows("Khác").at(0).second.at(0), "third");
  }
}

TEST_F(Xlsx, IsARegisterWithATitleSerialDaysAndFaultsByRow) {
  make(R"(<row r="1"><c t="str"><v>SỔ THEO DÕI HỒ SƠ</v></c></row>
<row r="3"><c t="str"><v>Mã hồ sơ</v></c><c t="str"><v>Ngày tiếp nhận</v></c><c t="str"><v>Mã TTHC</v></c></row>
<row r="4"><c t="str"><v>)" +
       codeOf(1) + R"(</v></c><c><v>44449.354</v></c><c><v>1.00422</v></c></row>
<row r="6"><c t="str"><v>)" +
       codeOf(2) + R"(</v></c><c t="str"><v>32/9/2021</v></c></row>)");
  const RegisterFile file = readRegister(file_);
  ASSERT_EQ(file.rows.size(), 1u);
  EXPECT_EQ(file.rows[0].receivedOn, day(2021, 9, 10));
  EXPECT_EQ(file.rows[0].procedureCode, "1.004220") << "a spreadsheet drops the last zero";
  ASSERT_EQ(file.problems.size(), 1u);
  EXPECT_EQ(file.problems[0].line, 6);
  EXPECT_EQ(file.problems[0].value, "32/9/2021");
}

TEST_F(Xlsx, CountsDaysFrom1904WhereTheWorkbookSaysSo) {
  make(R"(<row><c t="str"><v>Mã hồ sơ</v></c><c t="str"><v>Ngày nhận</v></c></row>
<row><c t="str"><v>)" +
       codeOf(1) + R"(</v></c><c><v>42987</v></c></row>)");
  parts_["xl/workbook.xml"].replace(parts_["xl/workbook.xml"].find("<workbookPr/>"), 13,
                                    "<workbookPr date1904=\"1\"/>");
  test::spill(file_, zipOf(parts_, true));
  EXPECT_EQ(readRegister(file_).rows.at(0).receivedOn, day(2021, 9, 10));
}

TEST_F(Xlsx, RefusesWhatUnpacksToMoreThanAWorkbookWould) {
  std::string many = "<row><c t=\"str\"><v>Mã hồ sơ</v></c><c t=\"str\"><v>Ngày nhận</v></c></row>";
  for (int i = 0; i < 20'000; ++i) {
    many += "<row><c t=\"str\"><v>" + std::string(2000, 'a') + "</v></c></row>";
  }
  make(many);
  EXPECT_LT(std::filesystem::file_size(file_), 200'000u);
  EXPECT_THAT(refusal(), HasSubstr("unpacks to more"));
}

TEST_F(Xlsx, RefusesEntitiesDepthAndCellsOutOfBounds) {
  make("");
  parts_["xl/worksheets/sheet2.xml"] =
      "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData><row><c "
      "t=\"str\"><v>&a;</v></c></row>"
      "</sheetData></worksheet>";
  test::spill(file_, zipOf(parts_, true));
  EXPECT_THAT(refusal(), HasSubstr("damaged workbook"));
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  for (int i = 0; i < 100; ++i) deep += "</a>";
  make(deep);
  EXPECT_THAT(refusal(), HasSubstr("damaged workbook"));
  make("<row><c r=\"ZZZZZ1\"><v>1</v></c></row>");
  EXPECT_THAT(refusal(), HasSubstr("cell"));
  make("<row><c t=\"s\"><v>7</v></c></row>");
  EXPECT_THAT(refusal(), HasSubstr("lacks text 7"));
}

TEST_F(Xlsx, RefusesWhatIsDamagedCutOffOrEncrypted) {
  make("<row><c t=\"str\"><v>a</v></c></row>");
  const std::string whole = test::slurp(file_);
  for (std::size_t size = 4; size < whole.size(); size += 7) {
    test::spill(file_, whole.substr(0, size));
    refusal();
  }
  for (std::size_t at = 30; at < whole.size(); at += 3) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    test::spill(file_, damaged);
    try {
      readRegister(file_);
    } catch (const BatchError& error) {
      EXPECT_EQ(error.cause(), Cause::registerFormat) << at;
    }
  }
  test::spill(file_, "\xD0\xCF\x11\xE0 and so on");
  EXPECT_THAT(refusal(), HasSubstr("encrypted"));
}

/// data/libreoffice-7.4.xlsx: saved by LibreOffice Calc 7.4. Its first sheet holds notes; the
/// register has a merged title, an empty row, formulas, days (one with a time), a text of two
/// lines, empty cells, and formatted rows without content at its end.
TEST(WorkbookOfLibreOffice, IsReadAsItIsSeen) {
  RegisterReader reader(test::sourceFolder() / "tests/storage/data/libreoffice-7.4.xlsx", {});
  std::vector<RegisterRow> rows;
  while (auto row =
             reader.next([](const RegisterProblem& problem) { ADD_FAILURE() << problem.what; }))
    rows.push_back(row->row);
  EXPECT_EQ(reader.sheet(), "Sổ một cửa 2021");
  EXPECT_THAT(reader.otherSheets(), testing::ElementsAre("Ghi chú"));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].dossierCode, "000.00.12.H46-210910-0001");
  EXPECT_EQ(rows[0].procedureCode, "1.004220") << "a number, whose last zero is not stored";
  EXPECT_EQ(rows[0].unit, "Phòng Quản lý đất đai");
  EXPECT_EQ(rows[0].receivedOn, day(2021, 9, 10));
  EXPECT_EQ(rows[0].resolvedOn, day(2021, 9, 24));
  EXPECT_EQ(rows[0].medium, "paper");
  EXPECT_EQ(rows[0].applicant, "Nguyễn Thị Hòa\n(ủy quyền)");
  EXPECT_EQ(rows[1].dossierCode, "000.00.12.H46-210910-0002") << "what a formula gave";
  EXPECT_EQ(rows[1].receivedOn, day(2021, 9, 11));
  EXPECT_EQ(rows[1].unit, "");
  EXPECT_EQ(rows[1].applicant, "Trần & Sơn <Cty>");
  EXPECT_EQ(rows[2].receivedOn, day(2021, 9, 12)) << "the time of day does not count";
  EXPECT_EQ(rows[2].medium, "paper");
}

TEST_F(Xlsx, LooksForTheHeadingsInEverySheetThatIsNotHidden) {
  make("<row><c t=\"str\"><v>chỉ là ghi chú</v></c></row>");
  EXPECT_THAT(refusal(), HasSubstr("sheets: Sổ, Khác")) << "what there is to choose from";
  parts_["xl/worksheets/sheet3.xml"] =
      R"(<worksheet><sheetData><row><c t="str"><v>Mã hồ sơ</v></c><c t="str"><v>Ngày nhận</v></c></row>
<row><c t="str"><v>)" +
      codeOf(1) + R"(</v></c><c><v>44449</v></c></row></sheetData></worksheet>)";
  test::spill(file_, zipOf(parts_, true));
  EXPECT_EQ(readRegister(file_).rows.size(), 1u);
  RegisterOptions asked;
  asked.sheet = "Sổ";
  EXPECT_THROW(readRegister(file_, asked), BatchError) << "what was asked for counts";
}

}  // namespace
}  // namespace sohoa
