#include "signing/verify/verify.h"
#include "signing/verify/report_text.h"

#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

class Verify : public SigningTest {};

TEST_F(Verify, AnUnsignedFileIsUnsignedAndNotValid) {
  const VerificationReport report = verifyBytes(PlainPdf{}.bytes());
  EXPECT_TRUE(report.signatures.empty());
  EXPECT_EQ(verdictOf(report), "unsigned");
  EXPECT_EQ(report.overall(), Indication::indeterminate);
}

TEST_F(Verify, AFileThatIsNoPdfIsMalformed) {
  for (const char* bytes : {"", "hello", "%PDF-1.4\n", "%PDF-1.4\nstartxref\n0\n%%EOF\n"}) {
    const VerificationReport report = verifyBytes(bytes);
    EXPECT_EQ(verdictOf(report), "malformed");
    EXPECT_TRUE(report.unreadable.has_value());
  }
  EXPECT_EQ(verdictOf(verify(folder_ / "missing.pdf")), "malformed");
}

TEST_F(Verify, ATruncatedSignedFileIsNeverValid) {
  const std::string good = slurp(signedFile(PlainPdf{}.bytes(), visible()));
  for (std::size_t cut = 1; cut < good.size(); cut += 977) {
    const VerificationReport report = verifyBytes(good.substr(0, good.size() - cut));
    EXPECT_NE(verdictOf(report), "valid") << cut;
  }
  // Only the last end of line may go; what counts of the signature then reaches beyond the file.
  EXPECT_NE(verdictOf(verifyBytes(good.substr(0, good.size() - 1))), "valid");
}

TEST_F(Verify, NoFlippedByteIsReportedValid) {
  const std::string good = slurp(signedFile(PlainPdf{}.bytes(), invisible()));
  const RawSignature raw = rawSignature(good);
  // No padding: every digit of /Contents counts. The masks turn digits into other digits, capitals
  // into small letters, and digits into what is no digit.
  constexpr char kMasks[] = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20};
  int checked = 0;
  for (std::size_t i = 0; i < good.size(); ++i) {
    // All of the signature and of the end of the file, and a sample of the rest.
    const bool close = (i + 200 > raw.gapBegin && i < raw.gapEnd + 200) || i + 100 > good.size();
    if (!close && i % 17 != 0) continue;
    std::string flipped = good;
    flipped[i] = static_cast<char>(flipped[i] ^ kMasks[(i / 2 + i) % std::size(kMasks)]);
    EXPECT_NE(verdictOf(verifyBytes(flipped)), "valid") << "byte " << i;
    ++checked;
  }
  EXPECT_GT(checked, 4000);
  // The bytes of the CMS that nothing signs, with every mask.
  for (std::size_t i = raw.gapBegin; i < raw.gapBegin + 120; ++i) {
    for (char mask : kMasks) {
      std::string flipped = good;
      flipped[i] = static_cast<char>(flipped[i] ^ mask);
      EXPECT_NE(verdictOf(verifyBytes(flipped)), "valid") << "byte " << i << " mask " << int(mask);
    }
  }
}

TEST_F(Verify, BytesAfterTheSignatureAreNoticed) {
  const std::string good = slurp(signedFile(PlainPdf{}.bytes(), visible()));
  EXPECT_EQ(verdictOf(verifyBytes(good + "\n")), "valid") << "an end of line changes nothing";
  for (const char* more : {"x", "\n\n\n%%EOF\n", "\n7 0 obj\n<<>>\nendobj\n", "%%EOF"}) {
    const VerificationReport report = verifyBytes(good + more);
    EXPECT_NE(verdictOf(report), "valid") << more;
  }
}

TEST_F(Verify, EcdsaKeysSignAndVerify) {
  const auto keyFile = folder_ / "k.pem", certificate = folder_ / "anchors/c.pem",
             out = folder_ / "ec.p12";
  std::filesystem::create_directories(folder_ / "anchors");
  ASSERT_TRUE(
      runCommand({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                  "-nodes", "-subj", "/CN=ec", "-keyout", keyFile.string(), "-out",
                  certificate.string(), "-days", "30", "-addext", "keyUsage=digitalSignature"})
          .ok());
  ASSERT_TRUE(runCommand({"openssl", "pkcs12", "-export", "-inkey", keyFile.string(), "-in",
                          certificate.string(), "-out", out.string(), "-passout", "pass:x"})
                  .ok());
  const SigningKey ec = SigningKey::fromPkcs12(out, "x");
  for (int i = 0; i < 8; ++i) {  // ECDSA values differ in length
    const auto in = file("in.pdf", PlainPdf{}.bytes());
    ASSERT_TRUE(bool(signPdf(in, folder_ / "out.pdf", ec, visible())));
    const VerificationReport report =
        verifyPdf(folder_ / "out.pdf", TrustAnchors::fromFolder(folder_ / "anchors"),
                  SystemClock().now() + std::chrono::minutes{1});
    EXPECT_EQ(verdictOf(report), "valid") << describe(report, Language::en);
    EXPECT_EQ(pdfsig(folder_ / "out.pdf").valid, 1);
  }
}

}  // namespace
}  // namespace sohoa::test
