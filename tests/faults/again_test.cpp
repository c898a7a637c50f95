#include <gtest/gtest.h>

#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::string kCode = dossierCode(1);

int version(const NightSite& site) {
  return json::parse(site.sohoa({"--json", "show", kCode}).out).at("version").get<int>();
}

std::string accept(const NightSite& site, const std::string& code) {
  const CommandResult done =
      site.sohoa({"--json", "review", "accept", code, "--reason", "bản quét lại"});
  return done.exitCode == 0 ? "" : done.describe();
}

TEST(BatchThatComesAgain, IsFoundFiledAndNothingIsFiledTwice) {
  const NightSite site;
  site.put("lô", kCode, "001.jpg", scannedPage(1));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);
  const auto repository = treeOf(site / "repository");

  site.put("lô", kCode, "001.jpg", scannedPage(1));
  site.close("lô");
  const NightOutput again = site.run();
  EXPECT_EQ(again.result.exitCode, 0) << again.describe();
  EXPECT_EQ(again.outcome(kCode), "filed");
  EXPECT_EQ(again.event("taken_in").at("batch"), "lô~2");
  EXPECT_EQ(again.count("pages"), 0);  // nothing had to be read
  EXPECT_EQ(version(site), 1);
  EXPECT_EQ(treeOf(site / "repository"), repository);
  EXPECT_EQ(site.auditFailure(), "");

  // The second batch's outcome is not in the repository: the ledger has to know it.
  const CommandResult rebuilt = site.sohoa({"--json", "catalogue", "rebuild"});
  EXPECT_EQ(rebuilt.exitCode, 0) << rebuilt.describe();
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(BatchThatComesAgain, WithOtherScansIsHeldAndFilesAsVersionTwoOnceAccepted) {
  const NightSite site;
  site.put("lô", kCode, "001.jpg", scannedPage(1));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);

  site.put("lô", kCode, "001.jpg", scannedPage(2));
  site.close("lô");
  const auto before = contentsOf(site.intake("lô"));
  const NightOutput other = site.run();
  EXPECT_EQ(brokenPromises(site, other, before), "");
  EXPECT_EQ(other.outcome(kCode), "held");
  EXPECT_EQ(other.cause(kCode), "dossier.filed_differently");
  EXPECT_EQ(version(site), 1);

  // Under review already: a third version must not slip past the person who decides.
  site.put("lô ba", kCode, "001.jpg", scannedPage(3));
  site.close("lô ba");
  const NightOutput third = site.run();
  EXPECT_EQ(third.outcome(kCode), "quarantined");
  EXPECT_EQ(third.cause(kCode), "dossier.pending");

  ASSERT_EQ(accept(site, kCode), "");
  EXPECT_EQ(version(site), 2);
  EXPECT_EQ(slurp(site.objectPlace(kCode) / "v2/content/originals/001.jpg"), scannedPage(2));
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(BatchThatComesAgain, KeepsWhatAPersonAcceptedWhenAnotherCauseTurnsUp) {
  const NightSite site;
  site.configure("min_confidence", "1.0");  // no page is read as surely as that
  site.put("lô", kCode, "001.jpg", scannedPage(1, PageFormat::jpeg, 150));
  site.close("lô");
  EXPECT_EQ(site.run().cause(kCode), "image.low_resolution");

  const CommandResult once =
      site.sohoa({"--json", "review", "accept", kCode, "--reason", "độ phân giải đủ đọc"});
  EXPECT_EQ(once.exitCode, 3) << once.describe();
  EXPECT_EQ(nightOutput(once).cause(kCode), "page.doubtful");
  ASSERT_EQ(accept(site, kCode), "");
  const json shown = json::parse(site.sohoa({"--json", "show", kCode}).out);
  EXPECT_EQ(shown.at("decision").at("causes"),
            json::array({"image.low_resolution", "page.doubtful"}));
}

TEST(RejectedDossier, GoesToQuarantineWithThePersonsReasonAndTheRebuiltCatalogueKnowsIt) {
  const NightSite site;
  site.put("lô", kCode, "002.jpg", scannedPage(1));
  site.close("lô");
  EXPECT_EQ(site.run().cause(kCode), "pages.gap");
  const CommandResult rejected = site.sohoa({"--json", "review", "reject", kCode, "--reason",
                                             "thiếu trang 1, quét lại", "--by", "Lê Văn Cường"});
  EXPECT_EQ(rejected.exitCode, 0) << rejected.describe();
  EXPECT_EQ(slurp(site / "quarantine/lô" / kCode / "002.jpg"), scannedPage(1));
  const std::string reason = slurp(site / "quarantine/lô" / (kCode + ".reason.txt"));
  EXPECT_NE(reason.find("thiếu trang 1, quét lại"), std::string::npos) << reason;
  EXPECT_FALSE(fs::exists(site / "review" / kCode));

  const std::string before = site.sohoa({"--json", "status"}).out;
  EXPECT_EQ(json::parse(before).at("waiting").at(0).at("cause"), "review.rejected") << before;
  ASSERT_EQ(site.sohoa({"catalogue", "rebuild"}).exitCode, 0);
  EXPECT_EQ(json::parse(site.sohoa({"--json", "status"}).out), json::parse(before));
  EXPECT_EQ(site.auditFailure(), "");

  // Scanned anew, it is filed like any other.
  site.put("lô mới", kCode, "001.jpg", scannedPage(1));
  site.close("lô mới");
  EXPECT_EQ(site.run().outcome(kCode), "filed");
}

}  // namespace
}  // namespace sohoa::test
