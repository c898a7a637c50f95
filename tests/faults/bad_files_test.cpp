#include <gtest/gtest.h>
#include <sys/stat.h>

#include <memory>

#include "core/cause.h"
#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Case {
  int dossier;
  std::string file, bytes;
  std::string outcome, cause;
};

constexpr int kSymlink = 16, kFifo = 17, kFolder = 22;

std::string encrypted(const std::string& userPassword) {
  const TemporaryFolder folder;
  spill(folder / "plain.pdf", scannedPdf(scannedPage(9)));
  const CommandResult done =
      runCommand({"qpdf", "--encrypt", userPassword, "owner", "256", "--",
                  (folder / "plain.pdf").string(), (folder / "locked.pdf").string()});
  if (!done.ok()) throw std::runtime_error(done.describe());
  return slurp(folder / "locked.pdf");
}

std::string firstHalf(const std::string& bytes) { return bytes.substr(0, bytes.size() / 2); }

std::vector<Case> cases() {
  const std::string jpeg = scannedPage(3), png = scannedPage(4, PageFormat::png),
                    tiff = scannedPage(5, PageFormat::tiff), pdf = scannedPdf(scannedPage(6));
  return {
      {1, "001.jpg", scannedPage(1), "filed", ""},
      {2, "001.jpg", "", "quarantined", "file.empty"},
      {3, "001.jpg", firstHalf(jpeg), "quarantined", "file.truncated"},
      {4, "001.png", firstHalf(png), "quarantined", "file.truncated"},
      {5, "001.tif", firstHalf(tiff), "quarantined", "file.truncated"},
      {6, "001.pdf", firstHalf(pdf), "quarantined", "pdf.damaged"},
      {7, "001.jpg", "Kính gửi: Sở Tài nguyên và Môi trường\n", "quarantined", "file.type"},
      {8, "001.jpg", png, "quarantined", "file.type"},
      {9, "001.pdf", encrypted("secret"), "quarantined", "pdf.encrypted"},
      {10, "001.pdf", encrypted(""), "quarantined", "pdf.encrypted"},
      {11, "001.png", blankImage(40000, 200, PageFormat::png), "quarantined", "image.too_large"},
      {12, "001.tif", blankImage(200, 40000, PageFormat::tiff), "quarantined", "image.too_large"},
      {13, "001.jpg", scannedPage(13, PageFormat::jpeg, 150), "held", "image.low_resolution"},
      {14, "001.jpg", scannedPage(14), "held", "pages.gap"},  // and 003.jpg
      {15, "001.pdf", bornDigitalPdf(), "held", "pdf.not_scanned"},
      {kSymlink, "001.jpg", scannedPage(16), "quarantined", "file.symlink"},
      {kFifo, "001.jpg", scannedPage(17), "quarantined", "file.symlink"},
      {18, "00\a1.jpg", scannedPage(18), "quarantined", "file.name"},
      {19, "00\xFF.jpg", scannedPage(19), "quarantined", "file.name"},
      {20, "..\\001.jpg", scannedPage(20), "quarantined", "file.name"},
      {21, "..001.jpg", scannedPage(21), "quarantined", "file.name"},
      {kFolder, "001.jpg", scannedPage(22), "quarantined", "file.folder"},
      {23, "001.png", blankImage(30000, 30000, PageFormat::png), "quarantined", "image.too_large"},
      {24, "001.pdf", scannedPdf(scannedPage(24)), "filed", ""},
      {25, "001.png", scannedPage(25, PageFormat::png), "filed", ""},  // and 002.tif
  };
}

/// One batch that holds every kind of bad file and three good dossiers; one run over it.
class BadFiles : public testing::Test {
 protected:
  struct Night {
    NightSite site;
    std::vector<Case> cases;
    std::map<int, std::map<std::string, std::string>> trees;  ///< dossier -> its folder as it came
    NightOutput output;
    std::string broken;
  };

  static void SetUpTestSuite() {
    night_ = std::make_unique<Night>();
    const NightSite& site = night_->site;
    const std::string batch = "đêm";
    night_->cases = cases();
    for (const Case& one : night_->cases)
      site.put(batch, dossierCode(one.dossier), one.file, one.bytes);
    const auto folder = [&](int n) { return site.intake(batch) / dossierCode(n); };
    site.put(batch, dossierCode(14), "003.jpg", scannedPage(114));
    site.put(batch, dossierCode(25), "002.tif", scannedPage(125, PageFormat::tiff));
    site.put(batch, dossierCode(kFolder), "sub/002.jpg", scannedPage(122));
    fs::create_symlink("/etc/hostname", folder(kSymlink) / "002.jpg");
    ASSERT_EQ(::mkfifo((folder(kFifo) / "002.jpg").c_str(), 0600), 0);
    site.close(batch);
    for (const Case& one : night_->cases) night_->trees[one.dossier] = treeOf(folder(one.dossier));
    const auto before = contentsOf(site.intake(batch));
    night_->output = site.run();
    night_->broken = brokenPromises(site, night_->output, before);
  }
  static void TearDownTestSuite() { night_.reset(); }

  static std::unique_ptr<Night> night_;
};
std::unique_ptr<BadFiles::Night> BadFiles::night_;

TEST_F(BadFiles, AreEachPutAsideForTheirOwnReason) {
  for (const Case& one : night_->cases) {
    const std::string code = dossierCode(one.dossier);
    EXPECT_EQ(night_->output.outcome(code), one.outcome) << code << ' ' << one.file;
    EXPECT_EQ(night_->output.cause(code), one.cause) << code << ' ' << one.file;
  }
}

TEST_F(BadFiles, CostTheRestOfTheBatchNothing) {
  EXPECT_EQ(night_->broken, "");
  EXPECT_EQ(night_->output.count("received"), static_cast<int>(night_->cases.size()));
  EXPECT_EQ(night_->output.count("filed"), 3) << night_->output.describe();
  EXPECT_EQ(night_->output.count("held"), 3);
  EXPECT_TRUE(fs::is_empty(night_->site / "intake"));
}

TEST_F(BadFiles, LieUntouchedInQuarantineBesideTheReasonInBothLanguages) {
  for (const Case& one : night_->cases) {
    if (one.outcome != "quarantined") continue;
    const std::string code = dossierCode(one.dossier);
    const fs::path place = night_->site / "quarantine/đêm" / code;
    ASSERT_TRUE(fs::exists(place)) << code;
    EXPECT_EQ(treeOf(place), night_->trees.at(one.dossier));
    const std::string reason = slurp(place.native() + ".reason.txt");
    const Cause cause = causeFromCode(one.cause).value();
    EXPECT_NE(reason.find(reasonOf(cause, Language::vi)), std::string::npos) << reason;
    EXPECT_NE(reason.find(reasonOf(cause, Language::en)), std::string::npos) << reason;
    EXPECT_NE(reason.find(one.cause), std::string::npos) << reason;
  }
}

TEST_F(BadFiles, LieUntouchedOnTheReviewShelfWhenAPersonCanDecide) {
  for (const Case& one : night_->cases) {
    if (one.outcome != "held") continue;
    const fs::path place = night_->site / "review" / dossierCode(one.dossier) / "scans";
    EXPECT_EQ(treeOf(place), night_->trees.at(one.dossier)) << place;
  }
}

TEST_F(BadFiles, ThatArePdfsWithoutAScanCannotBeAccepted) {
  const CommandResult refused =
      night_->site.sohoa({"--json", "review", "accept", dossierCode(15), "--reason", "thử"});
  EXPECT_EQ(refused.exitCode, 3) << refused.describe();
  EXPECT_EQ(jsonLines(refused.out).at(0).at("event"), "refused");
  EXPECT_EQ(jsonLines(refused.out).at(0).at("cause"), "pdf.not_scanned");
  EXPECT_TRUE(fs::exists(night_->site / "review" / dossierCode(15) / "scans/001.pdf"));
  EXPECT_EQ(night_->site.sohoa({"show", dossierCode(15)}).exitCode, 2);  // nothing is filed
}

TEST_F(BadFiles, ThatArePoorScansAreFiledOnceAPersonAcceptsThem) {
  for (const auto& [dossier, cause] :
       std::map<int, std::string>{{13, "image.low_resolution"}, {14, "pages.gap"}}) {
    const std::string code = dossierCode(dossier);
    const CommandResult accepted =
        night_->site.sohoa({"--json", "review", "accept", code, "--reason", "bản giấy đã hủy",
                            "--by", "Trần Thị Bình"});
    ASSERT_EQ(accepted.exitCode, 0) << accepted.describe();
    const json shown = json::parse(night_->site.sohoa({"--json", "show", code}).out);
    EXPECT_EQ(shown.at("decision").at("person"), "Trần Thị Bình") << shown;
    EXPECT_EQ(shown.at("decision").at("causes"), json::array({cause}));
    EXPECT_FALSE(fs::exists(night_->site / "review" / code));
  }
  EXPECT_EQ(night_->site.auditFailure(), "");
}

}  // namespace
}  // namespace sohoa::test
