#include <gtest/gtest.h>

#include "core/digest.h"
#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json shown(const NightSite& site, const std::string& code) {
  return json::parse(site.sohoa({"--json", "show", code}).out);
}

/// The bytes of the n-th document, wherever the repository keeps them.
std::string filedPdf(const NightSite& site, const std::string& code, int n) {
  const TemporaryFolder out;
  const CommandResult done = site.sohoa({"export", code, "--to", out.path().string()});
  if (!done.ok()) throw std::runtime_error(done.describe());
  return slurp(out / code / "documents" / (code + "-KQ" + std::to_string(n) + ".pdf"));
}

TEST(SignedPdf, IsFiledAsReceivedByteForByteAndNotCounted) {
  const NightSite site;
  const std::string first = dossierCode(1), second = dossierCode(2), mixed = dossierCode(3);
  site.put("lô", first, "001.jpg", scannedPage(1));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);
  const std::string pdf = filedPdf(site, first, 1);

  site.put("lô hai", second, "kết quả.pdf", pdf);
  site.put("lô hai", mixed, "001.jpg", scannedPage(3));
  site.put("lô hai", mixed, "kết quả.pdf", pdf);
  site.close("lô hai");
  const NightOutput night = site.run();
  ASSERT_EQ(night.result.exitCode, 0) << night.describe();
  EXPECT_EQ(filedPdf(site, second, 1), pdf);
  EXPECT_EQ(filedPdf(site, mixed, 2), pdf);

  const json alone = shown(site, second), both = shown(site, mixed);
  EXPECT_FALSE(alone.at("counted").get<bool>()) << alone;
  EXPECT_EQ(alone.at("not_counted_reason"), "as_received");
  EXPECT_EQ(alone.at("documents").at(0).at("origin"), "as_received");
  EXPECT_EQ(alone.at("documents").at(0).at("verdict"), "TOTAL-PASSED");
  EXPECT_TRUE(both.at("counted").get<bool>());

  const json report =
      json::parse(site.sohoa({"report", "--period", "2021", "--format", "json"}).out);
  EXPECT_EQ(report.at("total").at("digitised"), 2) << report;
  EXPECT_EQ(report.at("total").at("filed_not_counted"), 1);
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(SignedPdf, OfAForeignSignerIsFiledWithItsVerdict) {
  const auto foreign = fixture("signed-pdf/minimal-two-fields-signed-twice.pdf");
  if (!foreign) GTEST_SKIP() << "no third-party signed PDF: set SOHOA_FIXTURES";
  const NightSite site;
  const std::string code = dossierCode(1);
  site.put("lô", code, "kết quả.pdf", slurp(*foreign));
  site.put("lô", dossierCode(2), "001.jpg", scannedPage(2));
  site.close("lô");
  const NightOutput night = site.run();
  EXPECT_EQ(night.result.exitCode, 0) << night.describe();
  EXPECT_EQ(filedPdf(site, code, 1), slurp(*foreign));
  EXPECT_NE(shown(site, code).at("documents").at(0).at("verdict"), "TOTAL-PASSED");
  // Not trusted from the first day: a warning to an auditor, not news.
  const CommandResult audit = site.sohoa({"--json", "audit", "--full"});
  EXPECT_EQ(audit.exitCode, 0) << audit.describe();
  EXPECT_EQ(site.sohoa({"verify", code}).exitCode, 3);
}

TEST(SignedPdf, ThatKillsTheVerifierIsQuarantinedAndTheRestIsFiled) {
  const NightSite site;
  site.put("lô", dossierCode(1), "001.jpg", scannedPage(1));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);
  site.put("lô hai", dossierCode(2), "ác ý.pdf", filedPdf(site, dossierCode(1), 1));
  site.put("lô hai", dossierCode(3), "001.jpg", scannedPage(3));
  site.close("lô hai");
  const auto before = contentsOf(site.intake("lô hai"));
  CommandOptions options;
  options.env["SOHOA_TEST_WORKER_FAULT"] = "crash@check:ác ý";
  const NightOutput night = site.run({}, options);
  EXPECT_EQ(brokenPromises(site, night, before), "");
  EXPECT_EQ(night.cause(dossierCode(2)), "pdf.damaged");
  EXPECT_EQ(night.outcome(dossierCode(3)), "filed");
}

TEST(ExportedDossier, HasTheBytesOfTheRepository) {
  const NightSite site;
  const std::string code = dossierCode(1);
  site.put("lô", code, "001.jpg", scannedPage(1));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);
  const fs::path to = site / "xuất ra";
  const CommandResult done = site.sohoa({"--json", "export", code, "--to", to.string()});
  ASSERT_EQ(done.exitCode, 0) << done.describe();
  EXPECT_EQ(treeOf(to / code), treeOf(site.objectPlace(code) / "v1/content"));
  EXPECT_EQ(slurp(to / code / "originals/001.jpg"), scannedPage(1));
  EXPECT_EQ(site.sohoa({"export", code, "--to", to.string()}).exitCode, 2);  // it is there already
  EXPECT_EQ(site.sohoa({"export", dossierCode(2)}).exitCode, 2);             // not filed
}

}  // namespace
}  // namespace sohoa::test
