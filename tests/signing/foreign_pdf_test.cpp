#include "tests/signing/foreign_pdf.h"
#include "signing/verify/report_json.h"

#include <cstdlib>
#include <set>

#include "tests/signing/signing_bench.h"
#include "tests/signing/test_pki.h"

namespace sohoa::test {
namespace {

class ForeignPdfs : public SigningTest {
 protected:
  /// The newest signature of the file.
  testing::AssertionResult opensslAccepts(const std::string& bytes) const {
    const RawSignature raw = rawSignature(bytes);
    const CommandResult result = runCommand(
        {"openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in",
         file("cms.der", raw.cms).string(), "-content", file("content", raw.signedBytes).string(),
         "-CAfile", (trust() / "demo-root.pem").string(), "-purpose", "any", "-out", "/dev/null"});
    if (result.ok()) return testing::AssertionSuccess();
    return testing::AssertionFailure() << result.describe();
  }
};

int fromEnvironment(const char* name, int otherwise) {
  const char* asked = std::getenv(name);
  return asked != nullptr ? std::atoi(asked) : otherwise;
}

TEST_F(ForeignPdfs, AreSignedAndEarlierSignaturesStayIntact) {
  std::set<std::string> different;
  int filled = 0, signedBefore = 0;
  const int first = fromEnvironment("SOHOA_FOREIGN_FIRST", 1);
  const int last = first + fromEnvironment("SOHOA_FOREIGN_PDFS", 40) - 1;
  for (int seed = first; seed <= last; ++seed) {
    const ForeignPdf pdf = foreignPdf(static_cast<unsigned>(seed));
    SCOPED_TRACE(std::to_string(seed) + ": " + pdf.shape);
    ASSERT_TRUE(different.insert(pdf.bytes).second);
    const auto in = file("in.pdf", pdf.bytes), out = folder_ / "out.pdf";
    EXPECT_TRUE(qpdfFindsNoFault(in)) << "the generator must write sound files";
    SignatureRequest request = seed % 3 == 0 ? invisible() : visible();
    if (!pdf.emptyField.empty() && seed % 2 == 0) request.fieldName = pdf.emptyField;
    const auto done = signPdf(in, out, key(), request);
    EXPECT_TRUE(done) << done.error().detail;
    if (!done) continue;
    EXPECT_TRUE(slurp(out).starts_with(pdf.bytes));
    EXPECT_TRUE(qpdfFindsNoFault(out));
    const PdfsigVerdict verdict = pdfsig(out);
    if (pdf.widgetApart && request.fieldName == pdf.emptyField) {
      // pdfsig looks for the value in the widget, not in the field that the widget belongs to.
      EXPECT_GE(verdict.valid, pdf.signatures) << verdict.output;
      EXPECT_TRUE(opensslAccepts(slurp(out)));
    } else {
      EXPECT_EQ(verdict.valid, pdf.signatures + 1) << verdict.output;
    }
    const VerificationReport report = verify(out);
    EXPECT_EQ(report.signatures.size(), static_cast<std::size_t>(pdf.signatures) + 1);
    for (const SignatureReport& one : report.signatures) {
      EXPECT_TRUE(one.digestMatches && one.signatureMatches && !one.malformed) << toJson(report);
      EXPECT_NE(one.changesAfter, SignatureReport::Changes::forbidden) << toJson(report);
    }
    filled += request.fieldName == pdf.emptyField ? 1 : 0;
    signedBefore += pdf.signatures > 0 ? 1 : 0;
    std::filesystem::remove(out);
  }
  EXPECT_GT(filled, 0);
  EXPECT_GT(signedBefore, 0);
}

TEST_F(ForeignPdfs, LinearisedFilesAreSigned) {
  for (int seed = 1; seed <= 6; ++seed) {
    const ForeignPdf pdf = foreignPdf(static_cast<unsigned>(seed) + 5000);
    if (pdf.signatures > 0) continue;  // linearising rewrites the file
    SCOPED_TRACE(pdf.shape);
    const auto plain = file("plain.pdf", pdf.bytes), in = folder_ / "linear.pdf";
    const CommandResult made =
        runCommand({"qpdf", "--linearize",
                    seed % 2 == 0 ? "--object-streams=generate" : "--object-streams=disable",
                    plain.string(), in.string()});
    ASSERT_TRUE(made.ok()) << made.describe();
    const auto out = folder_ / "out.pdf";
    const auto done = signPdf(in, out, key(), visible());
    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_TRUE(slurp(out).starts_with(slurp(in)));
    EXPECT_EQ(pdfsig(out).valid, 1) << pdfsig(out).output;
    const CommandResult check = runCommand({"qpdf", "--check", out.string()});
    // An update behind a linearised file is allowed (F.4.6); qpdf says that it is there.
    EXPECT_EQ(check.out.find("damaged"), std::string::npos) << check.describe();
    EXPECT_NE(check.exitCode, 2) << check.describe();
    EXPECT_EQ(verify(out).overall(), Indication::totalPassed) << toJson(verify(out));
  }
}

}  // namespace
}  // namespace sohoa::test
