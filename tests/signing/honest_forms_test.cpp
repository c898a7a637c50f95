#include <gmock/gmock.h>

#include <string>

#include "signing/base/openssl_handles.h"
#include "signing/pades/cms_sign.h"
#include "tests/signing/attack_kit.h"

namespace sohoa::test {
namespace {

/// Deviations of form that honest programs make, where one reading only is possible.
class HonestForms : public SigningTest {
 protected:
  std::string signedPlain(const std::string& prefix = "") {
    const std::string plain = PlainPdf{}.bytes();
    const auto in = file("in.pdf", prefix + plain);
    const auto out = folder_ / "out.pdf";
    const auto done = signPdf(in, out, key(), invisible(), {});
    EXPECT_TRUE(done) << done.error().detail;
    return done ? slurp(out) : std::string();
  }
};

TEST_F(HonestForms, OtherBytesBeforeTheHeader) {
  for (const std::string& prefix :
       {std::string("\xef\xbb\xbf"),
        std::string("\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n"),
        std::string(900, ' ')}) {
    const std::string bytes = signedPlain(prefix);
    ASSERT_FALSE(bytes.empty());
    EXPECT_EQ(verdictOf(verifyBytes(bytes)), "valid");
  }
}

TEST_F(HonestForms, ATableWithRowsOfNineteenBytes) {
  std::string plain = PlainPdf{}.bytes();
  for (std::size_t at = plain.rfind("xref\n0");
       (at = plain.find(" \n", at)) != std::string::npos;) {
    plain.erase(at, 1);
  }
  const auto in = file("in.pdf", plain);
  const auto done = signPdf(in, folder_ / "out.pdf", key(), invisible(), {});
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(verdictOf(verify(folder_ / "out.pdf")), "valid");
}

TEST_F(HonestForms, BytesBehindTheSignatureInItsPlace) {
  const auto signedWith = [&](const std::string& rest) {
    return handSigned(PlainPdf{}.bytes(), {}, [&](const std::string& text) {
      return CmsSignature(key(), {}, digestOf(EVP_sha256(), text)).der() + rest;
    });
  };
  const VerificationReport report = verifyBytes(signedWith("what a buffer held"));
  EXPECT_EQ(verdictOf(report), "valid") << describe(report, Language::en);
  EXPECT_NE(describe(report, Language::en).find("Other bytes follow"), std::string::npos);
  EXPECT_NE(verdictOf(verifyBytes(signedWith("x"))), "valid") << "a byte that was damaged";
}

TEST_F(HonestForms, TheSignersAuthorityNamedInOtherTypesOfStrings) {
  const auto signedWith = [&](char tag, bool otherLetter) {
    return handSigned(PlainPdf{}.bytes(), {}, [&](const std::string& text) {
      std::string der = CmsSignature(key(), {}, digestOf(EVP_sha256(), text)).der();
      // What the SignerInfo says, which no signature covers.
      const std::string name =
          "\x0c\x0e"
          "DEMO Agency CA";
      const std::size_t at = der.rfind(name);
      EXPECT_NE(at, std::string::npos);
      der[at] = tag;
      if (otherLetter) der[at + 2] = 'd';
      return der;
    });
  };
  const VerificationReport printable = verifyBytes(signedWith('\x13', false));
  EXPECT_EQ(verdictOf(printable), "valid") << describe(printable, Language::en);
  EXPECT_EQ(verdictOf(verifyBytes(signedWith('\x14', false))), "valid");
  EXPECT_NE(verdictOf(verifyBytes(signedWith('\x0c', true))), "valid");
  EXPECT_NE(verdictOf(verifyBytes(signedWith('\x12', false))), "valid") << "no such type of name";
}

TEST_F(HonestForms, AFieldsLockHoldsWithoutItsTransform) {
  const std::string good = handSigned(
      updated(PlainPdf{}.bytes(),
              {{1, "<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [21 0 R 22 0 R 23 0 R]>>>>"},
               {3,
                "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [21 0 "
                "R 22 0 R 23 0 R] /Resources <<>>>>"},
               {21,
                "<</FT /Sig /T (sign) /Type /Annot /Subtype /Widget /F 4 /Rect [0 0 0 0] /Lock "
                "<</Type /SigFieldLock /Action /Include /Fields [(amount)]>>>>"},
               {22, "<</FT /Tx /T (amount) /Type /Annot /Subtype /Widget /Rect [9 9 90 20]>>"},
               {23, "<</FT /Tx /T (note) /Type /Annot /Subtype /Widget /Rect [9 40 90 60]>>"}}),
      {.existing = 21}, key());
  EXPECT_EQ(verdictOf(verifyBytes(good)), "valid");
  const auto filled = [&](int number) {
    const std::string field = bodyOf(good, number);
    return updated(good, {{number, field.substr(0, field.rfind(">>")) + " /V (900)>>"}});
  };
  EXPECT_EQ(verdictOf(verifyBytes(filled(22))), "invalid");
  EXPECT_EQ(verdictOf(verifyBytes(filled(23))), "valid");
}

TEST_F(HonestForms, AnythingPutBeforeASignedFileStaysRefused) {
  const std::string bytes = signedPlain();
  for (const std::string& prefix : {std::string("junk\n"), std::string("\xef\xbb\xbf"),
                                    std::string("%PDF-1.4\n"), std::string(1023, 'x')}) {
    EXPECT_NE(verdictOf(verifyBytes(prefix + bytes)), "valid");
    EXPECT_NE(verdictOf(verifyBytes(prefix + bytes)), "unsigned");
  }
}

}  // namespace
}  // namespace sohoa::test
