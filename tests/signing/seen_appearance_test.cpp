#include <gmock/gmock.h>

#include <fmt/format.h>

#include "signing/verify/report_json.h"
#include "signing/verify/report_text.h"
#include "tests/signing/attack_kit.h"

namespace sohoa::test {
namespace {

using Says = SignatureReport::Appearance::Says;
using testing::HasSubstr;
using testing::IsEmpty;

/// What a signature shows on the document, as a fact of its own: it never makes anything valid, and
/// what contradicts the certificate is a warning.
class SeenAppearance : public SigningTest {
 protected:
  /// The newest signature: signed by the agency's key, its appearance reads that.
  SignatureReport::Appearance seen(const std::string& text,
                                   const std::string& dictionaryKeys = "") {
    HandSignature wish;
    wish.rect = "[300 300 400 340]";
    wish.appearance = "BT /F 9 Tf " + text + " ET";
    wish.dictionaryKeys = dictionaryKeys;
    bytes_ = handSigned(PlainPdf{}.bytes(), wish, key());
    report_ = verifyBytes(bytes_);
    EXPECT_EQ(verdictOf(report_), "valid") << "whatever it shows";
    return report_.signatures.at(0).appearance;
  }
  std::string bytes_;
  VerificationReport report_;
};

TEST_F(SeenAppearance, OurOwnShowsNameAndTimeOnItsPage) {
  const VerificationReport report = verify(signedFile(PlainPdf{}.bytes(), visible()));
  const auto& a = report.signatures.at(0).appearance;
  EXPECT_TRUE(a.painted && a.wasSigned && a.unchanged);
  EXPECT_EQ(a.page, 1u);
  EXPECT_THAT(a.text, HasSubstr(kAgency)) << "read through the font's own table";
  EXPECT_EQ(a.name, Says::same);
  EXPECT_THAT(a.warnings, IsEmpty());
  EXPECT_THAT(toJson(report), HasSubstr("\"shown\": \"page\""));
  EXPECT_THAT(describe(report, Language::vi),
              HasSubstr("Hiển thị trên tài liệu: hình ảnh chữ ký ở trang 1"));
  EXPECT_THAT(describe(report, Language::vi), HasSubstr("giữ nguyên: có"));
}

TEST_F(SeenAppearance, InvisibleOnesShowNothing) {
  const VerificationReport report = verify(signedFile(PlainPdf{}.bytes(), invisible()));
  const auto& a = report.signatures.at(0).appearance;
  EXPECT_FALSE(a.painted);
  EXPECT_EQ(a.page, 0u);
  EXPECT_THAT(a.warnings, IsEmpty());
  EXPECT_THAT(toJson(report), HasSubstr("\"shown\": \"none\""));
  EXPECT_THAT(describe(report, Language::vi), HasSubstr("không hiển thị gì"));
}

TEST_F(SeenAppearance, ThePageIsCountedThroughTheTree) {
  PlainPdf plain;
  const std::string before =
      updated(plain.bytes(), {{2, "<</Type /Pages /Kids [50 0 R 52 0 R] /Count 3>>"},
                              {50, "<</Type /Pages /Parent 2 0 R /Kids [51 0 R] /Count 1>>"},
                              {51, "<</Type /Page /Parent 50 0 R /MediaBox [0 0 9 9]>>"},
                              {52, "<</Type /Pages /Parent 2 0 R /Kids [53 0 R 3 0 R] /Count 2>>"},
                              {53, "<</Type /Page /Parent 52 0 R /MediaBox [0 0 9 9]>>"}});
  HandSignature wish;
  wish.rect = "[300 300 400 340]";
  wish.appearance = "BT (x) Tj ET";
  const VerificationReport report = verifyBytes(handSigned(before, wish, key()));
  EXPECT_EQ(report.signatures.at(0).appearance.page, 3u);
}

TEST_F(SeenAppearance, ChangedAfterwardsItIsSaidSo) {
  seen("(first) Tj");
  const std::string page = bodyOf(bytes_, 3);
  const int widget = std::stoi(page.substr(page.find("/Annots [") + 9));
  const std::string body = bodyOf(bytes_, widget);
  const int looks = std::stoi(body.substr(body.find("/AP <</N ") + 9));
  std::string form = bodyOf(bytes_, looks);
  form.replace(form.find("first"), 5, "other");
  const VerificationReport redrawn = verifyBytes(updated(bytes_, {{looks, form}}));
  EXPECT_EQ(verdictOf(redrawn), "invalid");
  const auto& a = redrawn.signatures.at(0).appearance;
  EXPECT_TRUE(a.painted && a.wasSigned);
  EXPECT_FALSE(a.unchanged);
  EXPECT_THAT(a.text, HasSubstr("other"));
  EXPECT_THAT(describe(redrawn, Language::vi),
              HasSubstr("CẢNH BÁO: Hình ảnh hiển thị của chữ ký đã bị thay đổi"));
  std::string moved = body;
  moved.replace(moved.find("[300 300"), 8, "[200 200");
  EXPECT_FALSE(
      verifyBytes(updated(bytes_, {{widget, moved}})).signatures.at(0).appearance.unchanged);
  const VerificationReport off =
      verifyBytes(updated(bytes_, {{3, page.substr(0, page.find("/Annots")) + ">>"}}));
  EXPECT_EQ(verdictOf(off), "invalid");
  EXPECT_EQ(off.signatures.at(0).appearance.page, 0u);
  EXPECT_FALSE(off.signatures.at(0).appearance.warnings.empty());
}

TEST_F(SeenAppearance, LaterRevisionsThatArePermittedLeaveItUnchanged) {
  seen("(first) Tj");
  const VerificationReport report = verifyBytes(handSigned(bytes_, {.field = "Second"}, key()));
  ASSERT_EQ(report.signatures.size(), 2u);
  EXPECT_TRUE(report.signatures[0].appearance.unchanged);
  EXPECT_FALSE(report.signatures[1].appearance.painted);
}

TEST_F(SeenAppearance, AnotherNameThanTheCertificatesIsAWarning) {
  // The demo agency's certificate names none of these.
  for (const char* text :
       {"(Digitally signed by Tran Van Binh) Tj", "(Signed by: Tran) Tj 0 -9 Td (Van Binh) Tj",
        "[(Signer: ) -300 (Tran Van Binh)] TJ"}) {
    const auto a = seen(text);
    EXPECT_EQ(a.name, Says::other) << text;
    EXPECT_THAT(a.warnings, testing::ElementsAre(HasSubstr("names another signer"))) << text;
    EXPECT_THAT(toJson(report_), HasSubstr("\"name\": \"other\""));
  }
  EXPECT_EQ(seen("(Approved) Tj").name, Says::nothing);
  EXPECT_EQ(seen("(Signed by:) Tj").name, Says::nothing);
}

TEST_F(SeenAppearance, AnotherDayThanTheClaimIsAWarning) {
  const std::string claim = "/M (D:20210910143020+07'00')";
  for (const char* text : {"(Date: 2020.01.31 10:00:00 +07'00') Tj", "(31/01/2020 10:00) Tj",
                           "(Date: 31-01-2020) Tj", "(2020-01-31T10:00:00+07:00) Tj"}) {
    const auto a = seen(text, claim);
    EXPECT_EQ(a.time, Says::other) << text << a.text;
    EXPECT_THAT(a.warnings, testing::ElementsAre(HasSubstr("another day"))) << text;
  }
  for (const char* text :
       {"(Date: 2021.09.10 14:30:20 +07'00') Tj", "(10/09/2021 14:30) Tj",
        "(2021-09-10T14:30:20+07:00) Tj", "(Date: 10.9.2021, number 5/2019) Tj"}) {
    EXPECT_EQ(seen(text, claim).time, Says::same) << text;
  }
  EXPECT_EQ(seen("(Decision of 31/01/2020) Tj", claim).time, Says::nothing)
      << "not the day of signing";
  EXPECT_EQ(seen("(Date: 2020.01.31) Tj").time, Says::nothing) << "nothing is claimed";
}

}  // namespace
}  // namespace sohoa::test
