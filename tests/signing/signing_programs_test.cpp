#include <fmt/format.h>

#include <sstream>

#include "pipeline/workers/page_renderer.h"
#include "signing/verify/report_text.h"
#include "tests/signing/attack_kit.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

/// How many signatures one document gets, in every order of the programs. 4 makes 468 files, two
/// minutes; SOHOA_SIGNATURES=4 asks for it.
int depthWished() {
  const char* wished = std::getenv("SOHOA_SIGNATURES");
  return wished != nullptr ? std::max(1, std::atoi(wished)) : 3;
}

constexpr char kJars[] =
    "/usr/share/java/itext5.jar:/usr/share/java/pdfbox2.jar:/usr/share/java/fontbox2.jar:"
    "/usr/share/java/commons-logging.jar:/usr/share/java/bcpkix.jar:/usr/share/java/bcprov.jar:"
    "/usr/share/java/bcutil.jar";

struct Document {
  std::string path;
  std::string history;  ///< "iText both, PDFBox seal, we"
  std::size_t signatures = 0, timestamps = 0;
};

/// Documents that iText 5, Apache PDFBox, poppler and we sign one after another, visibly and
/// invisibly, over text and beside it, certified and not.
class SigningPrograms : public SigningTest {
 protected:
  SigningPrograms() : who_(services_.signer("RSA2048")) {
    spill(folder_ / "root.pem", pemOf(services_.root()));
    writePkcs12(folder_ / "key.p12", "x", who_, services_.ca());
  }

  void SetUp() override {
    for (const char* needed : {"javac", "certutil"}) {
      if (!hasProgram(needed)) GTEST_SKIP() << needed << " is missing (packages/test.txt)";
    }
    if (!std::filesystem::exists("/usr/share/java/itext5.jar")) {
      GTEST_SKIP() << "iText 5 is missing (libitext5-java, packages/test.txt)";
    }
    const std::string base = "sql:" + (folder_ / "nss").string();
    std::filesystem::create_directories(folder_ / "nss");
    ASSERT_TRUE(runCommand({"certutil", "-N", "-d", base, "--empty-password"}).ok());
    ASSERT_TRUE(runCommand({"pk12util", "-i", folder_ / "key.p12", "-d", base, "-W", "x"}).ok());
    ASSERT_TRUE(runCommand({"certutil", "-A", "-d", base, "-n", "root", "-t", "CT,CT,CT", "-i",
                            folder_ / "root.pem"})
                    .ok());
    const std::string names = runCommand({"certutil", "-K", "-d", base}).out;
    nick_ = names.substr(names.rfind("  ") + 2);
    nick_ = nick_.substr(0, nick_.find_last_not_of(" \n") + 1);
    nick_ = nick_.substr(nick_.rfind(':') == std::string::npos ? 0 : nick_.rfind(':') + 1);
  }

  /// A page with a line of words every 24 points, so that most places lie over some.
  static std::string page() {
    std::string content;
    for (int y = 790; y > 50; y -= 24) {
      content += fmt::format(
          "BT /F1 11 Tf 60 {} Td (Dieu {}. So tien 1.000.000 dong, thoi han "
          "{} nam ke tu ngay ky quyet dinh nay.) Tj ET\n",
          y, y, y / 7);
    }
    return updated(
        PlainPdf{}.bytes(),
        {{3,
          "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font "
          "<</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>>"},
         {4, fmt::format("<</Length {}>>\nstream\n{}\nendstream", content.size(), content)}});
  }

  /// Runs iText and PDFBox for many files at once; what "check" says comes back.
  std::string java(const std::vector<std::string>& commands) {
    std::string text;
    for (const std::string& command : commands) text += command + "\n";
    spill(folder_ / "commands.txt", text);
    const CommandResult result =
        runCommand({"java", "-XX:-UsePerfData", "-XX:+UseSerialGC", "-Djava.awt.headless=true",
                    "-Dpdfbox.fontcache=" + folder_.path().string(), "-cp", kJars,
                    (sourceFolder() / "tests/signing/SigningPrograms.java").string(),
                    folder_ / "key.p12", "x", folder_ / "commands.txt"});
    EXPECT_TRUE(result.ok()) << result.describe();
    return result.out;
  }

  std::string next() { return (folder_ / fmt::format("d{}.pdf", count_++)).string(); }

  bool popplerSigns(const std::string& in, const std::string& out) {
    const std::string base = "sql:" + (folder_ / "nss").string();
    runCommand({"pdfsig", "-nssdir", base, "-add-signature", "-nick", nick_, in, out});
    return std::filesystem::exists(out);
  }

  bool weSign(const std::string& in, const std::string& out) {
    const bool archive = count_ % 3 == 0;
    SignatureRequest request = count_ % 2 == 0 ? visible() : invisible();
    request.at = SystemClock().now();
    request.level = archive ? SignatureLevel::bLTA : SignatureLevel::bB;
    const auto done = signPdf(in, out, ourKey_, request, services_.services());
    EXPECT_TRUE(done) << in << ": " << done.error().detail;
    lastTimestamps_ = archive ? 1 : 0;
    return static_cast<bool>(done);
  }

  /// The documents that each program makes of each.
  std::vector<Document> signedOnceMore(const std::vector<Document>& documents) {
    static constexpr const char* kLooks[] = {"none", "text", "seal", "both"};
    std::vector<Document> made;
    std::vector<std::string> commands;
    for (const Document& from : documents) {
      const std::string before = from.history.empty() ? "" : from.history + ", ";
      const char* look = kLooks[count_ % 4];
      made.push_back({next(), before + "iText " + look, from.signatures + 1, from.timestamps});
      commands.push_back(fmt::format("itext {} 0 {} {}", look, from.path, made.back().path));
      look = count_ % 3 == 0 ? "none" : "seal";
      made.push_back({next(), before + "PDFBox " + look, from.signatures + 1, from.timestamps});
      commands.push_back(fmt::format("pdfbox {} 0 {} {}", look, from.path, made.back().path));
      const std::string poppler = next();
      if (popplerSigns(from.path, poppler)) {
        made.push_back({poppler, before + "poppler", from.signatures + 1, from.timestamps});
      } else {
        ADD_FAILURE() << "poppler does not sign: " << from.history;
      }
      const std::string ours = next();
      if (weSign(from.path, ours)) {
        made.push_back(
            {ours, before + "we", from.signatures + 1, from.timestamps + lastTimestamps_});
      }
    }
    java(commands);
    return made;
  }

  void expectHonest(const Document& document) {
    SCOPED_TRACE(document.history + " (" + document.path + ")");
    VerificationOptions options;
    options.at = options.now = SystemClock().now() + std::chrono::minutes{1};
    options.revocation = VerificationOptions::Revocation::available;
    options.renderer = &renderer_;
    const VerificationReport report = sohoa::verifyPdf(document.path, services_.anchors(), options);
    EXPECT_EQ(verdictOf(report), "valid") << describe(report, Language::en);
    EXPECT_EQ(report.signatures.size(), document.signatures + document.timestamps);
    for (const SignatureReport& s : report.signatures) {
      EXPECT_NE(s.changesAfter, SignatureReport::Changes::forbidden);
      EXPECT_FALSE(s.malformed);
      if (s.coverage == SignatureReport::Coverage::whole) continue;
      EXPECT_FALSE(s.changes.empty()) << "a change is not named";
    }
    EXPECT_EQ(pdfsig(document.path).valid, static_cast<int>(document.signatures));
  }

  void expectAllHonest(const std::vector<Document>& documents) {
    std::vector<std::string> checks;
    for (const Document& each : documents) {
      expectHonest(each);
      checks.push_back("check " + each.path);
    }
    const std::string said = java(checks);
    for (const Document& each : documents) {
      // PDFBox does not see what the form does not list; what it sees it finds intact.
      std::size_t intact = 0, all = 0;
      const std::size_t at = said.find(each.path + ": ");
      ASSERT_NE(at, std::string::npos) << each.history;
      std::istringstream(said.substr(at + each.path.size() + 2)) >> intact;
      std::istringstream(said.substr(said.find(" of ", at) + 4)) >> all;
      EXPECT_TRUE(intact > 0 && intact == all) << each.history << "\n" << said.substr(at, 200);
    }
    checked_ += documents.size();
  }

  TestServices services_;
  Identity who_;
  SigningKey ourKey_ = services_.key();
  RenderProcess renderer_{buildFolder() / "pipeline/sohoa-render"};
  std::string nick_;
  std::size_t count_ = 0, lastTimestamps_ = 0, checked_ = 0;
};

TEST_F(SigningPrograms, MayFollowEachOtherInEveryOrder) {
  ASSERT_TRUE(renderer_.isThere());
  const auto plain = next();
  spill(plain, page());
  std::vector<Document> documents = {{plain, "", 0}};
  for (int depth = 1; depth <= depthWished(); ++depth) {
    documents = signedOnceMore(documents);
    expectAllHonest(documents);
  }
  RecordProperty("documents", static_cast<int>(checked_));
}

TEST_F(SigningPrograms, MaySignWhatACertificationAllows) {
  const auto plain = next();
  spill(plain, page());
  std::vector<Document> documents;
  std::vector<std::string> commands;
  for (const auto& [program, look, permission] :
       {std::tuple("itext", "both", 2), std::tuple("itext", "none", 3),
        std::tuple("pdfbox", "seal", 2), std::tuple("pdfbox", "none", 3)}) {
    documents.push_back({next(), fmt::format("{} {} certifies {}", program, look, permission), 1});
    commands.push_back(
        fmt::format("{} {} {} {} {}", program, look, permission, plain, documents.back().path));
  }
  java(commands);
  expectAllHonest(documents);
  for (int depth = 2; depth < depthWished(); ++depth) {
    documents = signedOnceMore(documents);
    expectAllHonest(documents);
  }
}

TEST_F(SigningPrograms, MayNotSignWhatACertificationForbids) {
  const auto plain = next(), certified = next(), more = next();
  spill(plain, page());
  java({fmt::format("itext none 1 {} {}", plain, certified),
        fmt::format("pdfbox none 0 {} {}", certified, more)});
  VerificationOptions options;
  options.at = options.now = SystemClock().now() + std::chrono::minutes{1};
  options.revocation = VerificationOptions::Revocation::available;
  options.renderer = &renderer_;
  EXPECT_EQ(verdictOf(sohoa::verifyPdf(certified, services_.anchors(), options)), "valid");
  EXPECT_EQ(verdictOf(sohoa::verifyPdf(more, services_.anchors(), options)), "invalid");
}

}  // namespace
}  // namespace sohoa::test
