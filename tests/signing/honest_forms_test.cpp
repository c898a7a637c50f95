#include <gmock/gmock.h>

#include <string>

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
