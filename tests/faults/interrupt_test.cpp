#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "core/clock.h"
#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
constexpr int kDossiers = 6;

void fill(const NightSite& site) {
  for (int n = 1; n <= kDossiers; ++n) site.put("lô", dossierCode(n), "001.jpg", scannedPage(n));
  site.close("lô");
}

bool waitForOutput(const Child& child, const std::string& text) {
  for (int i = 0; i < 600; ++i) {
    if (child.outputSoFar().find(text) != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

TEST(InterruptedRun, EndsWith130KeepsWhatIsDoneAndTheNextRunFinishes) {
  const NightSite site;
  fill(site);
  Child child(site.command({"--json", "run", "--workers", "1"}));
  ASSERT_TRUE(waitForOutput(child, "page_read")) << child.outputSoFar();
  child.signal(SIGINT);
  const auto ended = child.waitFor(std::chrono::seconds(60));
  ASSERT_TRUE(ended.has_value());
  const NightOutput night = nightOutput(*ended);
  EXPECT_EQ(night.result.exitCode, 130) << night.describe();
  EXPECT_GE(night.count("remaining"), 1);
  EXPECT_TRUE(night.event("summary").at("balances").get<bool>());

  const NightOutput rest = site.run();
  EXPECT_EQ(rest.result.exitCode, 0) << rest.describe();
  EXPECT_EQ(rest.count("filed"), kDossiers);
  EXPECT_LT(rest.count("pages"), kDossiers);  // no page is read twice
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(RunWhoseTimeIsUp, LeavesEveryPageForLater) {
  const NightSite site;
  fill(site);
  site.put("lô", dossierCode(kDossiers + 1), "001.jpg", "");  // needs no reading
  const auto before = contentsOf(site.intake("lô"));
  CommandOptions later;  // the site's clock is past any time of today's and tomorrow's clock
  later.env["SOHOA_CLOCK"] = isoUtc(SystemClock().now() + std::chrono::hours(49));
  const NightOutput night = site.run({"--until", "06:00"}, later);
  EXPECT_EQ(night.result.exitCode, 3) << night.describe();
  EXPECT_EQ(night.count("remaining"), kDossiers);
  EXPECT_EQ(night.count("quarantined"), 1);
  EXPECT_EQ(night.count("pages"), 0);
  EXPECT_TRUE(fs::exists(site.intake("lô") / dossierCode(1) / "001.jpg"));
  const NightOutput rest = site.run();
  EXPECT_EQ(rest.count("filed"), kDossiers) << rest.describe();
  EXPECT_EQ(rest.count("remaining"), 0);
}

TEST(SecondRun, OfABusySiteStopsAtOnce) {
  const NightSite site;
  fill(site);
  CommandOptions hang;
  hang.env["SOHOA_TEST_WORKER_FAULT"] = "hang:001";
  Child first(site.command({"--json", "run"}), hang);
  ASSERT_TRUE(waitForOutput(first, "will_read")) << first.outputSoFar();
  const NightOutput second = site.run();
  EXPECT_EQ(second.result.exitCode, 1) << second.describe();
  EXPECT_EQ(second.stoppedBy(), "site.busy");
  EXPECT_NE(second.result.err.find("một tiến trình sohoa khác"), std::string::npos)
      << second.result.err;
  first.signal(SIGKILL);
  ASSERT_TRUE(first.waitFor(std::chrono::seconds(10)).has_value());
  EXPECT_EQ(site.run().count("filed"), kDossiers);  // the lock died with its holder
}

TEST(SiteWithSpacesAndVietnameseLettersInItsPath, IsASiteLikeAnyOther) {
  NightSite::Options options;
  options.name = "kho số hóa của Sở \"TN&MT\" (thử)";
  const NightSite site(options);
  site.put("lô đêm 10", dossierCode(1), "trang 1 - đơn đề nghị.jpg", scannedPage(1));
  site.put("lô đêm 10", dossierCode(1), "trang 2 - quyết định.jpg", scannedPage(2));
  site.close("lô đêm 10");
  const NightOutput night = site.run();
  EXPECT_EQ(night.outcome(dossierCode(1)), "filed") << night.describe();
  EXPECT_EQ(site.auditFailure(), "");
  EXPECT_EQ(site.sohoa({"verify", dossierCode(1)}).exitCode, 0);
}

}  // namespace
}  // namespace sohoa::test
