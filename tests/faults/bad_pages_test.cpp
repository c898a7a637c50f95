#include <gtest/gtest.h>

#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

using nlohmann::json;

CommandOptions withFault(const std::string& order) {
  CommandOptions options;
  options.env["SOHOA_TEST_WORKER_FAULT"] = order;
  return options;
}

/// A site with a bad page in dossier 1 and a good dossier 2, run once.
struct Halved {
  explicit Halved(const CommandOptions& options) {
    if (options.env.at("SOHOA_TEST_WORKER_FAULT").starts_with("hang")) {
      site.configure("page_timeout_seconds", "10");  // a good page stays far below
      site.configure("page_attempts", "1");
    }
    site.put("lô", dossierCode(1), "001.jpg", scannedPage(1));
    site.put("lô", dossierCode(1), "002-xấu.jpg", scannedPage(2));
    site.put("lô", dossierCode(2), "001.jpg", scannedPage(3));
    site.close("lô");
    const auto before = contentsOf(site.intake("lô"));
    night = site.run({}, options);
    broken = brokenPromises(site, night, before);
  }
  NightSite site;
  NightOutput night;
  std::string broken;
};

/// The page's record after a person has let it pass.
json acceptedPage(const NightSite& site, const CommandOptions& options) {
  const CommandResult accepted =
      site.sohoa({"--json", "review", "accept", dossierCode(1), "--reason", "ảnh vẫn rõ"}, options);
  EXPECT_EQ(accepted.exitCode, 0) << accepted.describe();
  const json shown = json::parse(site.sohoa({"--json", "show", dossierCode(1)}).out);
  return shown.at("documents").at(0).at("pages").at(1);
}

TEST(PageThatCrashesItsWorker, IsHeldAndFiledFlaggedOnceAccepted) {
  const auto fault = withFault("crash:002-xấu");
  const Halved halved(fault);
  EXPECT_EQ(halved.broken, "");
  EXPECT_EQ(halved.night.outcome(dossierCode(1)), "held");
  EXPECT_EQ(halved.night.cause(dossierCode(1)), "page.crashed");
  EXPECT_EQ(halved.night.outcome(dossierCode(2)), "filed");
  const json page = acceptedPage(halved.site, fault);
  EXPECT_EQ(page.at("outcome"), "flagged") << page;
  EXPECT_EQ(page.at("flags"), json::array({"page.crashed"}));
  EXPECT_EQ(page.at("words"), 0);
  EXPECT_EQ(halved.site.auditFailure(), "");
}

TEST(PageThatHangsItsWorker, IsHeldAndFiledFlaggedOnceAccepted) {
  const auto fault = withFault("hang:002-xấu");
  const Halved halved(fault);
  EXPECT_EQ(halved.broken, "");
  EXPECT_EQ(halved.night.cause(dossierCode(1)), "page.timeout");
  EXPECT_EQ(halved.night.outcome(dossierCode(2)), "filed");
  const json page = acceptedPage(halved.site, fault);
  EXPECT_EQ(page.at("flags"), json::array({"page.timeout"})) << page;
  EXPECT_EQ(halved.site.auditFailure(), "");
}

TEST(PageThatCrashesOnce, IsReadWhenItIsTriedAgainAfterAcceptance) {
  const Halved halved(withFault("crash:002-xấu"));
  const json page = acceptedPage(halved.site, {});
  EXPECT_EQ(page.at("outcome"), "recognised") << page;
  EXPECT_GT(page.at("words").get<int>(), 20);
}

TEST(FileThatCrashesItsInspector, IsQuarantinedAsDamaged) {
  const Halved halved(withFault("crash@inspect:002-xấu"));
  EXPECT_EQ(halved.broken, "");
  EXPECT_EQ(halved.night.outcome(dossierCode(1)), "quarantined");
  EXPECT_EQ(halved.night.cause(dossierCode(1)), "file.truncated");
  EXPECT_EQ(halved.night.outcome(dossierCode(2)), "filed");
}

TEST(DossierThatCrashesPackaging, IsHeldAndTheNextOneIsFiled) {
  const NightSite site;
  for (int n = 1; n <= 7; ++n) site.put("lô", dossierCode(n), "001.jpg", scannedPage(n));
  site.close("lô");
  const auto before = contentsOf(site.intake("lô"));
  const NightOutput night = site.run({}, withFault("crash@assemble:" + dossierCode(1)));
  EXPECT_EQ(brokenPromises(site, night, before), "");
  EXPECT_EQ(night.outcome(dossierCode(1)), "held");
  EXPECT_EQ(night.cause(dossierCode(1)), "document.not_written");
  EXPECT_EQ(night.count("filed"), 6);

  // Nothing was wrong with it: accepted, it is tried again.
  const CommandResult accepted =
      site.sohoa({"--json", "review", "accept", dossierCode(1), "--reason", "thử lại"});
  EXPECT_EQ(accepted.exitCode, 0) << accepted.describe();
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(WorkersThatAllCrash, StopTheRunBecauseItIsNotThePagesFault) {
  const NightSite site;
  site.configure("page_attempts", "10");
  for (int n = 1; n <= 3; ++n) site.put("lô", dossierCode(n), "001.jpg", scannedPage(n));
  site.close("lô");
  const NightOutput night = site.run({"--workers", "1"}, withFault("crash:001"));
  EXPECT_EQ(night.result.exitCode, 1) << night.describe();
  EXPECT_EQ(night.stoppedBy(), "run.same_fault");
  const NightOutput cured = site.run();
  // The first page had used up its ten attempts before that became clear.
  EXPECT_EQ(cured.count("filed"), 2) << cured.describe();
  EXPECT_EQ(cured.count("held"), 1);
  EXPECT_EQ(cured.count("received"), 3);
}

}  // namespace
}  // namespace sohoa::test
