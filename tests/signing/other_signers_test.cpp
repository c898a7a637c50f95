#include <openssl/pem.h>

#include "signing/verify/report_text.h"
#include "tests/signing/attack_kit.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

/// Documents that go through the hands of several programs: ours, Apache PDFBox with OpenSSL,
/// poppler with NSS. Honest work of all of them must stay valid, whoever comes first.
class OtherSigners : public SigningTest {
 protected:
  OtherSigners() : who_(services_.signer("RSA2048")) {
    spill(folder_ / "key.pem", keyPemOf(who_));
    spill(folder_ / "certificate.pem", pemOf(who_));
    spill(folder_ / "chain.pem", pemOf(services_.ca()));
    spill(folder_ / "root.pem", pemOf(services_.root()));
    writePkcs12(folder_ / "key.p12", "x", who_, services_.ca());
  }

  using Step = std::function<std::string(const std::string&)>;
  std::string through(std::string bytes, const std::vector<Step>& steps) {
    for (const Step& step : steps) bytes = step(bytes);
    return bytes;
  }
  std::string run(const std::string& bytes, std::vector<std::string> call) {
    const auto in = file("step-in.pdf", bytes), out = folder_ / "step-out.pdf";
    std::filesystem::remove(out);
    call.push_back(in);
    call.push_back(out);
    const CommandResult result = runCommand(call);
    EXPECT_TRUE(std::filesystem::exists(out)) << result.describe();
    return std::filesystem::exists(out) ? slurp(out) : bytes;
  }
  /// Nothing is left of it: PDFBox keeps a list of the machine's fonts in the home folder unless
  /// told where, Java its figures in /tmp.
  std::vector<std::string> java() const {
    return {"java",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            "-Dpdfbox.fontcache=" + folder_.path().string(),
            "-cp",
            "/usr/share/java/pdfbox2.jar:/usr/share/java/fontbox2.jar:/usr/share/java/"
            "commons-logging.jar",
            (sourceFolder() / "tests/signing/PdfBoxSigner.java").string()};
  }
  Step pdfBoxSigns() {
    return [this](const std::string& bytes) {
      auto call = java();
      for (const char* each : {"key.pem", "certificate.pem", "chain.pem"}) {
        if (call.size() == 7) call.emplace_back("sign");
        call.push_back(folder_ / each);
      }
      return run(bytes, call);
    };
  }
  Step pdfBoxFills(const std::string& field, const std::string& value) {
    return [=, this](const std::string& bytes) {
      auto call = java();
      call.insert(call.end(), {"fill", field, value});
      return run(bytes, call);
    };
  }
  Step popplerSigns() {
    return [this](const std::string& bytes) {
      const std::string base = "sql:" + (folder_ / "nss").string();
      if (!std::filesystem::exists(folder_ / "nss")) {
        std::filesystem::create_directories(folder_ / "nss");
        EXPECT_TRUE(runCommand({"certutil", "-N", "-d", base, "--empty-password"}).ok());
        const CommandResult taken = runCommand(
            {"pk12util", "-i", folder_ / "key.p12", "-d", base, "-W", "x", "-n", "signer"});
        EXPECT_TRUE(taken.ok()) << taken.describe();
        EXPECT_TRUE(runCommand({"certutil", "-A", "-d", base, "-n", "root", "-t", "CT,CT,CT", "-i",
                                folder_ / "root.pem"})
                        .ok());
        const std::string names = runCommand({"certutil", "-K", "-d", base}).out;
        nick_ = names.substr(names.rfind("  ") + 2);
        nick_ = nick_.substr(0, nick_.find_last_not_of(" \n") + 1);
        nick_ = nick_.substr(nick_.rfind(':') == std::string::npos ? 0 : nick_.rfind(':') + 1);
      }
      return run(bytes, {"pdfsig", "-nssdir", base, "-add-signature", "-nick", nick_});
    };
  }
  Step weSign(SignatureLevel level = SignatureLevel::bB) {
    return [=, this](const std::string& bytes) {
      SignatureRequest request = visible();
      request.at = SystemClock().now();
      request.level = level;
      const auto in = file("our-in.pdf", bytes), out = folder_ / "our-out.pdf";
      const auto done = signPdf(in, out, ourKey_, request, services_.services());
      EXPECT_TRUE(done) << done.error().detail;
      return done ? slurp(out) : bytes;
    };
  }

  void expectHonest(const std::string& name, const std::string& bytes, std::size_t signatures) {
    SCOPED_TRACE(name);
    VerificationOptions options;
    options.at = options.now = SystemClock().now() + std::chrono::minutes{1};
    options.revocation = VerificationOptions::Revocation::available;
    const VerificationReport report = sohoa::verifyBytes(bytes, services_.anchors(), options);
    EXPECT_EQ(verdictOf(report), "valid") << describe(report, Language::en);
    EXPECT_EQ(report.signatures.size(), signatures);
    for (const SignatureReport& s : report.signatures) {
      EXPECT_NE(s.changesAfter, SignatureReport::Changes::forbidden);
      EXPECT_FALSE(s.malformed);
    }
  }

  static std::string withForm() {
    return updated(
        PlainPdf{}.bytes(),
        {{1, "<</Type /Catalog /Pages 2 0 R /AcroForm 20 0 R>>"},
         {3,
          "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<>> "
          "/Annots [21 0 R 22 0 R]>>"},
         {20,
          "<</Fields [21 0 R 22 0 R] /DA (/Helv 0 Tf 0 g) /DR <</Font <</Helv <</Type /Font "
          "/Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>>>>>>>"},
         {21,
          "<</FT /Tx /T (amount) /Type /Annot /Subtype /Widget /F 4 /Rect [300 300 460 320] /DA "
          "(/Helv 12 Tf 0 g) /P 3 0 R>>"},
         {22,
          "<</FT /Tx /T (name) /Type /Annot /Subtype /Widget /F 4 /Rect [300 340 460 360] /DA "
          "(/Helv 12 Tf 0 g) /P 3 0 R>>"}});
  }

  TestServices services_;
  Identity who_;
  SigningKey ourKey_ = services_.key();
  std::string nick_;
};

TEST_F(OtherSigners, PdfBoxAndWeSignOneDocument) {
  if (!hasProgram("javac")) GTEST_SKIP() << "no Java compiler";
  const std::string plain = PlainPdf{}.bytes(), form = withForm();
  expectHonest("PDFBox", through(plain, {pdfBoxSigns()}), 1);
  expectHonest("PDFBox, we", through(plain, {pdfBoxSigns(), weSign()}), 2);
  expectHonest("we, PDFBox twice", through(plain, {weSign(), pdfBoxSigns(), pdfBoxSigns()}), 3);
  expectHonest("we, filled, PDFBox, filled, we for the archive",
               through(form, {weSign(), pdfBoxFills("amount", "100"), pdfBoxSigns(),
                              pdfBoxFills("name", "An"), weSign(SignatureLevel::bLTA)}),
               4);
}

TEST_F(OtherSigners, PopplerAndWeSignOneDocument) {
  if (!hasProgram("certutil")) GTEST_SKIP() << "no certutil (libnss3-tools)";
  const std::string plain = PlainPdf{}.bytes();
  expectHonest("poppler", through(plain, {popplerSigns()}), 1);
  expectHonest("poppler twice, we", through(plain, {popplerSigns(), popplerSigns(), weSign()}), 3);
  expectHonest("we, poppler, we for the archive",
               through(withForm(), {weSign(), popplerSigns(), weSign(SignatureLevel::bLTA)}), 4);
}

}  // namespace
}  // namespace sohoa::test
