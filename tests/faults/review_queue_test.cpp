#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const std::string kCode = dossierCode(1);

/// A site with one held dossier: its second page was scanned at too low a resolution.
class HeldInReview : public testing::Test {
 protected:
  HeldInReview() {
    site_.put("lô", kCode, "001.jpg", scannedPage(1));
    site_.put("lô", kCode, "002.jpg", scannedPage(2, PageFormat::jpeg, 100));
    site_.put("lô", kCode, "002-note.jpg", scannedPage(3));
    site_.put("lô", kCode, "003.jpg", scannedPage(1));
    spill(site_.intake("lô") / ".done", "scanned_by: lan\npages: " + kCode + " 3\n");
  }
  json show() const { return json::parse(site_.sohoa({"--json", "show", kCode}).out); }
  NightSite site_;
};

TEST_F(HeldInReview, GoesOnWhenAPageScannedAgainIsMerged) {
  const NightOutput night = site_.run();
  EXPECT_EQ(night.cause(kCode), "image.low_resolution") << night.describe();
  const json before = json::parse(site_.sohoa({"--json", "review", "show", kCode}).out);
  EXPECT_EQ(before.at("scanned_by"), json::array({"lan"}));
  ASSERT_EQ(before.at("page_list").size(), 4u);
  // Natural order: 002-note.jpg stands before 002.jpg.
  EXPECT_EQ(before.at("page_list").at(2).at("problems").at(0).at("cause"), "image.low_resolution")
      << before;

  EXPECT_EQ(site_.sohoa({"review", "rescan", kCode, "3", "--reason", "mờ"}).exitCode, 0);
  EXPECT_THAT(site_.sohoa({"review", "list", "--rescan"}).out,
              HasSubstr("sohoa review merge " + kCode + " 3"));
  const std::string pdf = (site_ / "list.pdf").string();
  EXPECT_EQ(site_.sohoa({"review", "list", "--rescan", "-o", pdf}).exitCode, 0);
  EXPECT_THAT(runCommand({"pdftotext", pdf, "-"}).out, HasSubstr("trang 3 (002.jpg): mờ"));
  const CommandResult early =
      site_.sohoa({"--json", "review", "accept", kCode, "--reason", "được"});
  EXPECT_EQ(early.exitCode, 3) << early.describe();
  EXPECT_THAT(early.out, HasSubstr("review.rescan_open"));

  spill(site_ / "hai trang.tif", "không phải ảnh");
  const CommandResult wrong =
      site_.sohoa({"--json", "review", "merge", kCode, "3", (site_ / "hai trang.tif").string()});
  EXPECT_EQ(wrong.exitCode, 3) << wrong.describe();
  EXPECT_EQ(treeOf(site_ / "review" / kCode / "scans").size(), 4u) << "nothing of it stays";

  spill(site_ / "lại.jpg", scannedPage(2));
  const CommandResult merged = site_.sohoa(
      {"--json", "review", "merge", kCode, "3", (site_ / "lại.jpg").string(), "--as", "lan"});
  ASSERT_EQ(merged.exitCode, 0) << merged.describe();
  EXPECT_EQ(json::parse(merged.out).at("files"), true);
  EXPECT_EQ(site_.run().event("summary").at("remaining"), 0);

  const json shown = show();
  const json& page = shown.at("documents").at(0).at("pages").at(2);
  EXPECT_EQ(page.at("original"), "002-rescan.jpg") << shown;
  EXPECT_EQ(page.at("replaces"), "002.jpg, 1");
  EXPECT_EQ(page.at("flags"), json::array({"rescanned"}));
  const json& ledger = shown.at("page_ledger");
  EXPECT_EQ(ledger.at("images"), 5);
  EXPECT_EQ(ledger.at("replaced"), 1);
  EXPECT_EQ(ledger.at("note_shots"), 1);
  EXPECT_EQ(ledger.at("pages"), 3);
  EXPECT_EQ(ledger.at("declared"), 3);
  EXPECT_EQ(ledger.at("in_documents"), 4);
  EXPECT_EQ(ledger.at("faults"), json::array());
  // Both images are kept; the page that came twice is told, not dropped.
  EXPECT_EQ(slurp(site_.objectPlace(kCode) / "v1/content/originals/002.jpg"),
            scannedPage(2, PageFormat::jpeg, 100));
  EXPECT_EQ(slurp(site_.objectPlace(kCode) / "v1/content/originals/002-rescan.jpg"),
            scannedPage(2));
  ASSERT_EQ(shown.at("twins").size(), 1u) << shown;
  EXPECT_EQ(shown.at("twins").at(0).at("page"), "003.jpg");
  EXPECT_EQ(shown.at("twins").at(0).at("other"), "001.jpg");
  EXPECT_EQ(shown.at("twins").at(0).at("kind"), "same");
  EXPECT_EQ(site_.auditFailure(), "");
  EXPECT_THAT(site_.sohoa({"--lang", "en", "report", "--period", "2021", "--pages"}).out,
              HasSubstr("5 images = 3 pages + 1 with a note + 1 replaced"));
}

TEST_F(HeldInReview, IsDecidedInASessionThatTakesItsAnswersFromAPipe) {
  spill(site_.intake("lô") / ".done", "pages: " + kCode + " 4\n");
  site_.run();
  CommandOptions options;
  options.input = "x\nk\n\na\n\np\n9\np\n3\nmờ quá\n";
  const CommandResult session = site_.sohoa({"--lang", "en", "review", "--as", "hòa"}, options);
  EXPECT_EQ(session.exitCode, 0) << session.describe();
  EXPECT_THAT(session.out, HasSubstr("1 of 1"));
  EXPECT_THAT(session.out,
              HasSubstr("the number of pages is not the number that was counted on the paper"));
  EXPECT_THAT(session.out, HasSubstr("the same file twice: 003.jpg = 001.jpg"));
  EXPECT_THAT(session.out, HasSubstr("Please answer with one of the letters."));
  EXPECT_THAT(session.out, HasSubstr("Nothing was done: a reason is needed."));
  EXPECT_THAT(session.out, HasSubstr("the dossier has no such page"));
  EXPECT_THAT(session.out,
              HasSubstr("0 accepted, 0 keyed in, 0 rejected, 1 with pages to be scanned again."));
  EXPECT_THAT(site_.sohoa({"review", "list", "--rescan"}).out, HasSubstr("mờ quá — hòa"));
  // The next session has nothing to ask: the page is on its way.
  EXPECT_THAT(site_.sohoa({"--lang", "en", "review"}, options).out,
              HasSubstr("No dossier is waiting"));
}

TEST(DossierThatIsNotToBeDigitised, WaitsForAPersonAndNeverPassesWhenItIsSecret) {
  const NightSite site;
  spill(site / "sổ.csv", "dossier_code,received_on,excluded_reason\n" + dossierCode(1) +
                             ",2021-09-01,mật\n" + dossierCode(2) + ",2021-09-01,bản chụp\n");
  ASSERT_EQ(site.sohoa({"register", "import", (site / "sổ.csv").string()}).exitCode, 0);
  for (int n = 1; n <= 2; ++n) site.put("lô", dossierCode(n), "001.jpg", scannedPage(n));
  site.close("lô");
  const NightOutput night = site.run();
  EXPECT_EQ(night.cause(dossierCode(1)), "dossier.excluded") << night.describe();
  EXPECT_EQ(night.cause(dossierCode(2)), "dossier.excluded");
  EXPECT_EQ(site.sohoa({"review", "accept", dossierCode(1), "--reason", "x"}).exitCode, 3);
  EXPECT_EQ(site.sohoa({"review", "accept", dossierCode(2), "--reason", "theo yêu cầu công dân"})
                .exitCode,
            0);
  EXPECT_THAT(site.sohoa({"--lang", "en", "report", "--period", "2021"}).out,
              HasSubstr("Not to be digitised, by the register: 2 of (1)"));
}

TEST(RegisterImport, OffersWindows1258WhenAFileIsNotUtf8) {
  const NightSite site;
  const std::string text = "dossier_code,received_on,unit\n" + dossierCode(1) +
                           ",1/9/2021,\xD0\xE2\xECt \xF0"
                           "ai\n";
  spill(site / "sổ.csv", text);
  const CommandResult refused =
      site.sohoa({"--lang", "en", "register", "import", (site / "sổ.csv").string()});
  EXPECT_EQ(refused.exitCode, 1) << refused.describe();
  EXPECT_THAT(refused.out, HasSubstr("Đất đai"));
  EXPECT_THAT(refused.out, HasSubstr("--encoding windows-1258"));
  const CommandResult trial =
      site.sohoa({"--lang", "en", "register", "import", (site / "sổ.csv").string(), "--encoding",
                  "windows-1258", "--dry-run"});
  EXPECT_EQ(trial.exitCode, 0) << trial.describe();
  EXPECT_THAT(trial.out, HasSubstr("unit: \"Phòng Tài nguyên nước\" -> \"Đất đai\""));
  EXPECT_THAT(trial.out, HasSubstr("nothing was changed"));
  const CommandResult done = site.sohoa({"--lang", "en", "register", "import",
                                         (site / "sổ.csv").string(), "--encoding", "windows-1258"});
  EXPECT_THAT(done.out, HasSubstr("0 added, 1 updated, 0 unchanged")) << done.describe();
}

}  // namespace
}  // namespace sohoa::test
