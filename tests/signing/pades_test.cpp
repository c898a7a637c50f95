#include "signing/pades/pades.h"
#include "signing/verify/report_text.h"

#include <fmt/format.h>

#include <thread>
#include <vector>

#include "tests/signing/signing_bench.h"
#include "tests/support/preflight.h"

namespace sohoa::test {
namespace {

class Pades : public SigningTest {};

TEST_F(Pades, IndependentReadersAcceptTheSignature) {
  for (const SignatureRequest& request : {visible(), invisible()}) {
    const auto out = signedFile(PlainPdf{}.bytes(), request);
    EXPECT_TRUE(qpdfFindsNoFault(out));
    const PdfsigVerdict verdict = pdfsig(out);
    EXPECT_EQ(verdict.signatures, 1) << verdict.output;
    EXPECT_EQ(verdict.valid, 1) << verdict.output;
    EXPECT_TRUE(verdict.lastIsTotal) << verdict.output;
    EXPECT_NE(verdict.output.find("ETSI.CAdES.detached"), std::string::npos) << verdict.output;
  }
}

TEST_F(Pades, OpensslVerifiesTheExtractedCmsUpToTheRoot) {
  const RawSignature raw = rawSignature(slurp(signedFile(PlainPdf{}.bytes(), visible())));
  const auto cms = file("cms.der", raw.cms), content = file("content", raw.signedBytes);
  const CommandResult result =
      runCommand({"openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in",
                  cms.string(), "-content", content.string(), "-CAfile",
                  (trust() / "demo-root.pem").string(), "-purpose", "any", "-out", "/dev/null"});
  EXPECT_TRUE(result.ok()) << result.describe();
}

TEST_F(Pades, TheCmsIsABaselineSignature) {
  const RawSignature raw = rawSignature(slurp(signedFile(PlainPdf{}.bytes(), visible())));
  const auto cms = file("cms.der", raw.cms);
  const std::string tree =
      runCommand({"openssl", "asn1parse", "-inform", "DER", "-in", cms.string()}).out;
  EXPECT_EQ(tree.find("signingTime"), std::string::npos) << "EN 319 142-1, 6.3: not to be there";
  EXPECT_NE(tree.find("id-smime-aa-signingCertificateV2"), std::string::npos) << tree;
  EXPECT_NE(tree.find("messageDigest"), std::string::npos);
  EXPECT_NE(tree.find("contentType"), std::string::npos);
  const std::string printed =
      runCommand({"openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", cms.string()})
          .out;
  EXPECT_NE(printed.find("eContent: <ABSENT>"), std::string::npos);
  EXPECT_NE(printed.find("sha256WithRSAEncryption"), std::string::npos);
  EXPECT_NE(printed.find("DEMO Agency CA"), std::string::npos) << "the intermediate comes along";
  EXPECT_EQ(printed.find("subject: C=VN, O=sohoa DEMO, CN=DEMO Root CA"), std::string::npos)
      << "the root does not";
}

TEST_F(Pades, TheInputStaysTheBeginningOfTheOutput) {
  const std::string in = PlainPdf{}.bytes();
  EXPECT_TRUE(slurp(signedFile(in, visible())).starts_with(in));
}

TEST_F(Pades, TheSameInputGivesTheSameBytes) {
  const std::string in = PlainPdf{}.bytes();
  EXPECT_EQ(slurp(signedFile(in, visible(), "a.pdf")), slurp(signedFile(in, visible(), "b.pdf")));
}

TEST_F(Pades, TheSignatureDictionarySaysWhatItMust) {
  const std::string bytes = slurp(signedFile(PlainPdf{}.bytes(), visible()));
  EXPECT_NE(bytes.find("/SubFilter /ETSI.CAdES.detached"), std::string::npos);
  EXPECT_NE(bytes.find("/Filter /Adobe.PPKLite"), std::string::npos);
  EXPECT_NE(bytes.find("443A32303231303931303134333032302B3037273030"), std::string::npos)
      << "/M D:20210910143020+07'00'";
  EXPECT_NE(bytes.find("/SigFlags 3"), std::string::npos);
  for (const char* absent : {"/NeedAppearances", "/DA", "/DR"}) {
    EXPECT_EQ(bytes.find(absent), std::string::npos) << absent;
  }
}

TEST_F(Pades, PdfA1bStaysValidAfterSigning) {
  if (!hasPreflight()) GTEST_SKIP() << "no Java or PDFBox preflight on this machine";
  PlainPdf plain;
  plain.archival = true;
  const auto before = file("before.pdf", plain.bytes());
  const auto shown = signedFile(plain.bytes(), visible(), "visible.pdf");
  const auto hidden = signedFile(plain.bytes(), invisible(), "invisible.pdf");
  const auto twice = signedFile(slurp(shown), visible(), "twice.pdf");
  for (const PreflightVerdict& verdict : preflight({before, shown, hidden, twice})) {
    EXPECT_TRUE(verdict.valid) << verdict.file << ": " << testing::PrintToString(verdict.findings);
  }
}

TEST_F(Pades, TheVisibleTextIsRealVietnameseTextInAnEmbeddedFont) {
  const auto out = signedFile(PlainPdf{}.bytes(), visible());
  const std::string text = runCommand({"pdftotext", out.string(), "-"}).out;
  EXPECT_NE(text.find("SAO Y\n" + std::string(kAgency) + "\n2021-09-10T14:30:20+07:00"),
            std::string::npos)
      << text;
  const std::string fonts = runCommand({"pdffonts", out.string()}).out;
  EXPECT_NE(fonts.find("+LiberationSerif"), std::string::npos) << fonts;
  const std::size_t row = fonts.find("LiberationSerif");
  EXPECT_NE(fonts.substr(row).find("CID TrueType      Identity-H       yes yes yes"),
            std::string::npos)
      << fonts;
}

TEST_F(Pades, ManyThreadsSignWithOneKey) {
  const auto in = file("in.pdf", PlainPdf{}.bytes());
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 5; ++j) {
        const auto done = signPdf(in, folder_ / fmt::format("{}-{}.pdf", i, j), key(), visible());
        EXPECT_TRUE(bool(done));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::string first = slurp(folder_ / "0-0.pdf");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(slurp(folder_ / fmt::format("{}-4.pdf", i)), first);
}

TEST_F(Pades, ReadsBackAsPassed) {
  const VerificationReport report = verify(signedFile(PlainPdf{}.bytes(), visible()));
  ASSERT_EQ(report.signatures.size(), 1u);
  const SignatureReport& s = report.signatures[0];
  EXPECT_EQ(report.overall(), Indication::totalPassed) << describe(report, Language::en);
  EXPECT_TRUE(s.digestMatches && s.signatureMatches && s.trusted && !s.malformed);
  EXPECT_EQ(s.coverage, SignatureReport::Coverage::whole);
  EXPECT_EQ(s.level, "B-B");
  EXPECT_EQ(s.field, "Signature1");
  ASSERT_TRUE(s.claimedAt);
  EXPECT_EQ(*s.claimedAt, signingTime());
}

}  // namespace
}  // namespace sohoa::test
