#include <fmt/format.h>

#include <cstdio>

#include "signing/verify/report_text.h"
#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

/// Inputs of every shape that units bring.
class PadesVariants : public SigningTest {
 protected:
  void expectAccepted(const std::filesystem::path& out, int signatures) const {
    EXPECT_TRUE(qpdfFindsNoFault(out));
    const PdfsigVerdict verdict = pdfsig(out);
    EXPECT_EQ(verdict.valid, signatures) << verdict.output;
    EXPECT_TRUE(verdict.lastIsTotal) << verdict.output;
    const VerificationReport report = verify(out);
    EXPECT_EQ(report.overall(), Indication::totalPassed) << describe(report, Language::en);
    EXPECT_EQ(report.signatures.size(), static_cast<std::size_t>(signatures));
  }
  std::string qpdfMade(const std::vector<std::string>& options) const {
    const auto in = file("qpdf-in.pdf", PlainPdf{}.bytes()), out = folder_ / "qpdf-out.pdf";
    std::vector<std::string> command = {"qpdf"};
    command.insert(command.end(), options.begin(), options.end());
    command.insert(command.end(), {in.string(), out.string()});
    const CommandResult made = runCommand(command);
    EXPECT_TRUE(made.ok()) << made.describe();
    return slurp(out);
  }
  /// Where ink is on the first page as a reader shows it, in points from top left.
  struct Seen {
    double pageWidth = 0, pageHeight = 0, left = 1e9, top = 1e9, right = 0, bottom = 0;
  };
  Seen seenInk(const std::filesystem::path& out) const {
    constexpr double kDpi = 144, kPoints = 72 / kDpi;
    const auto image = folder_ / "seen";
    const CommandResult drawn = runCommand({"pdftoppm", "-cropbox", "-gray", "-singlefile", "-r",
                                            "144", out.string(), image.string()});
    EXPECT_TRUE(drawn.ok()) << drawn.describe();
    const std::string pgm = slurp(image.string() + ".pgm");
    int width = 0, height = 0, start = 0;
    EXPECT_EQ(std::sscanf(pgm.c_str(), "P5 %d %d 255%n", &width, &height, &start), 2);
    Seen seen;
    seen.pageWidth = width * kPoints;
    seen.pageHeight = height * kPoints;
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const std::size_t at = static_cast<std::size_t>(start) + 1 +
                               static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                               static_cast<std::size_t>(x);
        if (static_cast<unsigned char>(pgm[at]) > 128) continue;
        seen.left = std::min(seen.left, x * kPoints);
        seen.right = std::max(seen.right, (x + 1) * kPoints);
        seen.top = std::min(seen.top, y * kPoints);
        seen.bottom = std::max(seen.bottom, (y + 1) * kPoints);
      }
    }
    return seen;
  }
};

TEST_F(PadesVariants, ObjectStreamsAndCrossReferenceStreams) {
  const std::string in = qpdfMade({"--object-streams=generate"});
  const auto out = signedFile(in, visible());
  expectAccepted(out, 1);
  EXPECT_EQ(slurp(out).substr(in.size()).find("\nxref\n"), std::string::npos)
      << "stream after stream";
}

TEST_F(PadesVariants, LinearisedFiles) {
  expectAccepted(signedFile(qpdfMade({"--linearize"}), visible()), 1);
}

TEST_F(PadesVariants, LinearisedFilesWithObjectStreams) {
  expectAccepted(signedFile(qpdfMade({"--linearize", "--object-streams=generate"}), visible()), 1);
}

TEST_F(PadesVariants, HybridFilesAreContinuedWithATable) {
  const auto hybrid = fixture("signed-pdf/minimal-hybrid-xref.pdf");
  if (!hybrid) GTEST_SKIP() << noFixture("signed-pdf/minimal-hybrid-xref.pdf");
  const std::string in = slurp(*hybrid);
  const auto out = signedFile(in, visible());
  expectAccepted(out, 1);
  EXPECT_EQ(slurp(out).substr(in.size()).find("/XRefStm"), std::string::npos);
}

TEST_F(PadesVariants, SigningTwiceKeepsTheFirstSignature) {
  for (const char* mode : {"--object-streams=disable", "--object-streams=generate"}) {
    const auto once = signedFile(qpdfMade({mode}), visible(), "once.pdf");
    const auto twice = signedFile(slurp(once), visible(), "twice.pdf");
    EXPECT_TRUE(slurp(twice).starts_with(slurp(once)));
    expectAccepted(twice, 2);
    const VerificationReport report = verify(twice);
    EXPECT_EQ(report.signatures[0].coverage, SignatureReport::Coverage::revision);
    EXPECT_EQ(report.signatures[0].changesAfter, SignatureReport::Changes::permitted);
    EXPECT_EQ(report.signatures[1].coverage, SignatureReport::Coverage::whole);
    EXPECT_EQ(report.signatures[0].field, "Signature1");
    EXPECT_EQ(report.signatures[1].field, "Signature2");
  }
}

TEST_F(PadesVariants, FivefoldSigningKeepsAllSignatures) {
  std::string bytes = PlainPdf{}.bytes();
  for (int i = 0; i < 5; ++i) bytes = slurp(signedFile(bytes, i % 2 ? visible() : invisible()));
  expectAccepted(file("five.pdf", bytes), 5);
}

TEST_F(PadesVariants, SignaturesOfOthersStayAsTheyWere) {
  const auto folder = fixture("signed-pdf");
  if (!folder) GTEST_SKIP() << noFixture("signed-pdf");
  for (const char* name :
       {"Signature-P-HU_MIC-1.pdf", "pkcs7.pdf", "hello_signed_INCSAVE_signed.pdf",
        "minimal-two-fields-signed-twice.pdf", "pades-lta-dss-indirect-arrs-test.pdf",
        "minimal-signed-twice-no-sig-type.pdf"}) {
    const std::string in = slurp(*folder / name);
    const auto before = verifyBytes(in).signatures;
    const auto out = signedFile(in, visible());
    EXPECT_TRUE(qpdfFindsNoFault(out)) << name;
    const auto after = verify(out).signatures;
    ASSERT_EQ(after.size(), before.size() + 1) << name;
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_TRUE(after[i].digestMatches && after[i].signatureMatches) << name << " " << i;
      EXPECT_EQ(after[i].coverage, SignatureReport::Coverage::revision) << name << " " << i;
    }
    EXPECT_EQ(after.back().indication, Indication::totalPassed) << name;
    EXPECT_EQ(pdfsig(out).valid, pdfsig(*folder / name).valid + 1) << name;
  }
}

TEST_F(PadesVariants, FormsAreContinuedWhereverTheirListsAreKept) {
  for (const char* form :
       {"/AcroForm <</Fields []>>", "/AcroForm <<>>", "/AcroForm <</Fields [] /SigFlags 1>>",
        "/AcroForm <</Fields [] /NeedAppearances true>>"}) {
    PlainPdf plain;
    plain.catalog = form;
    expectAccepted(signedFile(plain.bytes(), visible()), 1);
  }
}

TEST_F(PadesVariants, AFileWithoutEndOfLineAtItsEnd) {
  std::string in = PlainPdf{}.bytes();
  in.pop_back();
  expectAccepted(signedFile(in, visible()), 1);
  in += '\r';
  expectAccepted(signedFile(in, visible()), 1);
}

TEST_F(PadesVariants, ANameInVietnameseWithAPeriodBecomesAFieldName) {
  SignatureRequest request = visible();
  request.fieldName = "Chữ ký.số";
  const auto out = signedFile(PlainPdf{}.bytes(), request);
  expectAccepted(out, 1);
  EXPECT_EQ(verify(out).signatures[0].field, "Chữ ký_số");
}

TEST_F(PadesVariants, TheTextIsAtTheTopRightAsSeenHoweverThePageIsTurned) {
  for (const char* box :
       {"/MediaBox [0 0 595 842]", "/MediaBox [0 0 842 595]", "/MediaBox [-100 50 495 892]",
        "/MediaBox [0 0 1000 1000] /CropBox [100 79 695 921]", "/MediaBox [595 842 0 0]"}) {
    for (int rotation : {0, 90, 180, 270, -90, 450}) {
      PlainPdf plain;
      plain.page = fmt::format("{} /Rotate {}", box, rotation);
      plain.text = "";
      const auto out = signedFile(plain.bytes(), visible());
      ASSERT_TRUE(qpdfFindsNoFault(out));
      const Seen seen = seenInk(out);
      SCOPED_TRACE(fmt::format("{} {}: {} {} {} {} of {} {}", box, rotation, seen.left, seen.top,
                               seen.right, seen.bottom, seen.pageWidth, seen.pageHeight));
      EXPECT_NEAR(seen.right, seen.pageWidth - 42.5, 2);
      EXPECT_GE(seen.top, 20);
      EXPECT_LE(seen.bottom, 71) << "within 25 mm";
      EXPECT_GT(seen.left, seen.pageWidth / 3);
      EXPECT_NEAR(seen.bottom - seen.top, 31, 3) << "three lines of 10 pt, upright";
      EXPECT_NEAR(seen.right - seen.left, 188, 4);
    }
  }
}

TEST_F(PadesVariants, ALongAgencyNameIsBrokenIntoLines) {
  PlainPdf plain;
  plain.page = "/MediaBox [0 0 250 300]";
  plain.text = "";
  const auto out = signedFile(plain.bytes(), visible());
  const Seen seen = seenInk(out);
  EXPECT_GE(seen.left, 40);
  EXPECT_LE(seen.right, 250 - 42);
}

TEST_F(PadesVariants, PagesInheritTheirBoxAndTurn) {
  const std::string kids = "<</Type /Pages /Kids [3 0 R] /Count 1";
  PlainPdf plain;
  plain.page = "";
  plain.text = "";
  std::string inherited = plain.bytes();
  const auto tree = inherited.find(kids);
  ASSERT_NE(tree, std::string::npos);
  const auto in = file("inherited-in.pdf", inherited), out = folder_ / "inherited.pdf";
  inherited.insert(tree + kids.size(), " /MediaBox [0 0 842 595] /Rotate 90");
  spill(in, inherited);
  const CommandResult made = runCommand({"qpdf", in.string(), out.string()});  // repairs the table
  ASSERT_EQ(made.exitCode, 3) << made.describe();
  const auto signedOut = signedFile(slurp(out), visible());
  const Seen seen = seenInk(signedOut);
  EXPECT_NEAR(seen.pageWidth, 595, 1);
  EXPECT_NEAR(seen.right, 595 - 42.5, 2);
  EXPECT_LE(seen.bottom, 71);
}

}  // namespace
}  // namespace sohoa::test
