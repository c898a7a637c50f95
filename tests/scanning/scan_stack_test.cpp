#include <gmock/gmock.h>

#include "tests/scanning/scan_site.h"
#include "tests/support/stack_pages.h"

namespace sohoa::test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// Two dossiers behind their sheets: the first with two pages, the second with one.
constexpr int kSheets = 5;

std::string pageOfTheStack(int n) {
  if (n != 1 && n != 4) return stackPage({.seed = n});
  StackPageLook look{.kind = StackPageLook::Kind::sheet};
  look.sheet = {dossierCode(n == 1 ? 1 : 2), n == 1 ? 1 : 2, 2, n == 1 ? 2 : 1, "TESTAA"};
  look.upsideDown = n == 4;
  return stackPage(look);
}

struct StackDesk : ScanSite {
  StackDesk() : ScanSite(kSheets) {
    for (const char* loose : {"min_confidence", "max_unread_ink"})
      site.configure(loose, loose == std::string("min_confidence") ? "0.0" : "1.0");
    site.configure("file_by_hand", "true");
    for (int n = 1; n <= kSheets; ++n) paper.show(n, pageOfTheStack(n));
  }
  NightOutput scanA4(std::vector<std::string> further = {}) const {
    std::vector<std::string> all = {"--json",       "scan", "--device",    Paper::device(),
                                    "--batch",      "lô",   "--page-size", "A4",
                                    "--resolution", "200",  "--mode",      "colour"};
    all.insert(all.end(), further.begin(), further.end());
    return nightOutput(runCommand(site.command(all), surroundings()));
  }
  /// Names of a filed dossier's originals, in order.
  std::vector<std::string> originals(int dossier) const {
    const json metadata =
        json::parse(slurp(site.objectPlace(dossierCode(dossier)) / "v1/content/metadata.json"));
    std::vector<std::string> names;
    for (const json& one : metadata.at("originals")) names.push_back(one.at("name"));
    return names;
  }
};

TEST(ScannedStack, IsDividedByItsSeparatorSheetsAndFiledByTheNight) {
  const StackDesk desk;
  // A jam in the middle, as on any other day.
  desk.paper.failAt(3, "jam");
  const NightOutput jammed = desk.scanA4({"--sheets", std::to_string(kSheets)});
  ASSERT_EQ(askedFor(jammed), 3) << jammed.describe();
  desk.paper.putOnTop(3);
  const NightOutput scan = desk.scanA4({"--on-top", "3"});
  ASSERT_EQ(scan.result.exitCode, 0) << scan.describe();
  ASSERT_EQ(desk.manifestFailure(), "");

  const NightOutput night = desk.site.run();
  EXPECT_EQ(night.outcome(dossierCode(1)), "filed") << night.describe();
  EXPECT_EQ(night.outcome(dossierCode(2)), "filed") << night.describe();
  EXPECT_EQ(night.count("received"), 2);
  EXPECT_THAT(desk.originals(1), ElementsAre("sheet-0001.jpg", "page-0002.jpg", "page-0003.jpg"));
  EXPECT_THAT(desk.originals(2), ElementsAre("sheet-0004.jpg", "page-0005.jpg"));
  EXPECT_EQ(desk.site.auditFailure(), "");
}

TEST(ScannedStack, IsHeldWhenASheetOfPaperWasLost) {
  const StackDesk desk;
  desk.paper.putIn({{1, 1001}, {2, 1002}, {4, 1004}, {5, 1005}});
  ASSERT_EQ(desk.scanA4().result.exitCode, 0);
  const NightOutput night = desk.site.run();
  EXPECT_EQ(night.outcome("stack-001"), "held") << night.describe();
  EXPECT_EQ(night.count("received"), 1);
}

TEST(StatusOfScans, SaysHowFarAnUnfinishedOneCameAndHowItGoesOn) {
  const ScanSite desk(6);
  const auto status = [&] { return json::parse(desk.site.sohoa({"--json", "status"}).out); };
  const auto said = [&] { return desk.site.sohoa({"--lang", "en", "status"}).out; };
  EXPECT_TRUE(status().at("scanning").empty());
  desk.paper.failAt(4, "jam");
  ASSERT_EQ(askedFor(desk.scan({"--sheets", "6"})), 4);
  const json stopped = status().at("scanning").at(0);
  EXPECT_EQ(stopped.at("batch"), "lô");
  EXPECT_EQ(stopped.at("pages"), 3);
  EXPECT_EQ(stopped.at("unfinished").at("on_top"), 4);
  EXPECT_EQ(stopped.at("unfinished").at("counted"), 6);
  EXPECT_EQ(stopped.at("unfinished").at("cause"), "scan.jammed");
  EXPECT_THAT(said(), HasSubstr("stack-001 is not finished: 3 of 6 sheets"));
  EXPECT_THAT(said(), HasSubstr("sohoa scan --batch lô --on-top 4"));
  EXPECT_THAT(said(), Not(HasSubstr("left alone")));
  desk.paper.putOnTop(4);
  ASSERT_EQ(desk.scan({"--on-top", "4", "--keep-open"}).result.exitCode, 0);
  EXPECT_FALSE(status().at("scanning").at(0).contains("unfinished"));
  EXPECT_THAT(said(), HasSubstr("close it: sohoa scan --batch lô --close"));
  ASSERT_EQ(desk.scan({"--close"}).result.exitCode, 0);
  EXPECT_TRUE(status().at("scanning").empty());
  EXPECT_THAT(said(), HasSubstr("queued"));
}

}  // namespace
}  // namespace sohoa::test
