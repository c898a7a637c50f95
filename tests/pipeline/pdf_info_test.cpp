#include "pipeline/filing/pdf_info.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

TEST(PdfInfoOfADocument, TakesTheFieldsOfThePaperAndOfTheRegister) {
  DocumentRecord document;
  document.code = "000.00.12.H46-210910-0001-KQ1";
  document.title = "Giấy phép";
  document.fields["number"] = {"1234/QĐ-STNMT", "page"};
  document.fields["date"] = {"2021-09-10", "page"};
  document.fields["signer_title"] = {"Phó Giám đốc", "keyed"};
  RegisterRow row;
  row.procedureCode = "1.004232";
  row.unit = "Phòng Tài nguyên nước";
  Config config;
  config.agency = "Sở Tài nguyên và Môi trường";
  const PdfInfo info = pdfInfo(document, "000.00.12.H46-210910-0001", row, config, Time{});
  EXPECT_EQ(info.documentNumber, "1234/QĐ-STNMT");
  EXPECT_EQ(info.issuedOn, "2021-09-10");
  EXPECT_EQ(info.signerTitle, "Phó Giám đốc");
  EXPECT_EQ(info.signer, "");
  EXPECT_EQ(info.procedureCode, "1.004232");
  EXPECT_EQ(info.author, config.agency);
  EXPECT_EQ(info.keywords, "000.00.12.H46-210910-0001; Phòng Tài nguyên nước");
  EXPECT_EQ(info.standard, PdfStandard::pdfA1b);
}

TEST(PdfInfoOfADocument, FollowsTheConfiguredStandard) {
  Config config;
  config.documents.pdfa = "2b";
  EXPECT_EQ(pdfInfo({}, "", {}, config, Time{}).standard, PdfStandard::pdfA2b);
}

}  // namespace
}  // namespace sohoa
