#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include "tests/scanning/scan_site.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct Fault {
  const char *what, *cause;
};

class ScanTrouble : public testing::TestWithParam<Fault> {};

TEST_P(ScanTrouble, InTheMiddleOfAStackLosesAndDoublesNoPage) {
  const ScanSite desk(20);
  desk.paper.setAhead(2);  // two sheets more have left the feeder when it happens
  desk.paper.failAt(7, GetParam().what);
  const NightOutput first = desk.scan({"--patience", "1"});
  if (GetParam().cause != std::string()) {
    EXPECT_EQ(first.result.exitCode, 3) << first.describe();
    EXPECT_EQ(causeOf(first), GetParam().cause);
    EXPECT_EQ(askedFor(first), 7);
  }
  EXPECT_FALSE(desk.closed());
  const NightOutput again = desk.scan();  // nobody has said that the paper was put back
  EXPECT_EQ(again.result.exitCode, 3);
  EXPECT_EQ(causeOf(again), "scan.unfinished");
  ASSERT_EQ(askedFor(again), 7) << again.describe();
  desk.paper.putOnTop(7);
  const NightOutput rest = desk.scan({"--on-top", "7"});
  EXPECT_EQ(rest.result.exitCode, 0) << rest.describe();
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(20));
  EXPECT_EQ(desk.manifestFailure(), "");
}

INSTANTIATE_TEST_SUITE_P(Faults, ScanTrouble,
                         testing::Values(Fault{"jam", "scan.jammed"},
                                         Fault{"gone", "scan.device_gone"},
                                         Fault{"cover", "scan.cover_open"},
                                         Fault{"hang", "scan.device_gone"}, Fault{"crash", ""}),
                         [](const auto& fault) { return std::string(fault.param.what); });

TEST(ScanDuplex, TakesASheetAgainWhoseBackJammed) {
  const ScanSite desk(6);
  desk.paper.failAt(1004, "jam");
  const NightOutput first = desk.scan({"--source", "duplex"});
  ASSERT_EQ(askedFor(first), 4) << first.describe();
  desk.paper.putOnTop(4);
  EXPECT_EQ(desk.scan({"--on-top", "4"}).result.exitCode, 0);
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(6, true));
}

TEST(ScanAgain, FromAnEarlierSheetReplacesItsPages) {
  const ScanSite desk(9);
  desk.paper.failAt(7, "jam");
  ASSERT_EQ(desk.scan().result.exitCode, 3);
  desk.paper.putOnTop(5);  // the person took two sheets more
  EXPECT_EQ(desk.scan({"--on-top", "5"}).result.exitCode, 0);
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(9));
  EXPECT_TRUE(fs::exists(desk.site / "state/scans/lô.aside/stack-001/005.jpg"));
  EXPECT_EQ(desk.manifestFailure(), "");
}

TEST(ScanAgain, FromALaterSheetIsRefused) {
  const ScanSite desk(9);
  desk.paper.failAt(7, "jam");
  ASSERT_EQ(desk.scan().result.exitCode, 3);
  desk.paper.putOnTop(8);
  const NightOutput skips = desk.scan({"--on-top", "8"});
  EXPECT_EQ(skips.result.exitCode, 3);
  EXPECT_EQ(causeOf(skips), "scan.sheet_missing");
  EXPECT_EQ(desk.paper.inFeeder(), 2);
}

TEST(ScanCount, WaitsForTheSheetsThatWereCounted) {
  const ScanSite desk(12);
  desk.paper.putIn({{1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}});
  const NightOutput first = desk.scan({"--sheets", "12"});
  EXPECT_EQ(first.result.exitCode, 3);
  EXPECT_EQ(causeOf(first), "scan.empty");
  EXPECT_FALSE(desk.closed());
  EXPECT_EQ(causeOf(desk.scan()), "scan.empty") << "an empty feeder moves nothing";
  desk.paper.putOnTop(6);
  const NightOutput rest = desk.scan();  // the feeder was empty: the next sheets need no answer
  EXPECT_EQ(rest.result.exitCode, 0) << rest.describe();
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(12));
}

TEST(ScanCount, DoesNotCloseWhenThereAreMoreSheetsThanCounted) {
  const ScanSite desk(12);
  const NightOutput first = desk.scan({"--sheets", "11"});
  EXPECT_EQ(first.result.exitCode, 3);
  EXPECT_EQ(causeOf(first), "scan.count");
  EXPECT_FALSE(desk.closed());
  const NightOutput counted = desk.scan({"--sheets", "12", "--close"});  // counted again
  EXPECT_EQ(counted.result.exitCode, 0) << counted.describe();
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(12));
}

TEST(ScanOfAnEmptyFeeder, SaysSo) {
  const ScanSite desk(0);
  const NightOutput scan = desk.scan();
  EXPECT_EQ(scan.result.exitCode, 3);
  EXPECT_EQ(causeOf(scan), "scan.empty");
  EXPECT_EQ(causeOf(desk.scan({"--close"})), "scan.nothing");
}

TEST(ScanOfAnotherDossier, WaitsUntilTheFirstIsFinished) {
  const ScanSite desk(4);
  desk.paper.failAt(2, "jam");
  ASSERT_EQ(desk.scan({"--dossier", dossierCode(1)}).result.exitCode, 3);
  desk.paper.putOnTop(1);
  const NightOutput other = desk.scan({"--dossier", dossierCode(2)});
  EXPECT_EQ(other.result.exitCode, 3);
  EXPECT_EQ(causeOf(other), "scan.unfinished");
  EXPECT_EQ(causeOf(desk.scan({"--close"})), "scan.unfinished");
  EXPECT_EQ(desk.paper.inFeeder(), 4);
}

TEST(InterruptedScan, EndsBetweenTwoSheetsWith130) {
  const ScanSite desk(30);
  desk.paper.setPace(60);
  Child scan(desk.scanCommand({}), desk.surroundings());
  while (scan.outputSoFar().find("\"sheet\":3}") == std::string::npos) ::usleep(5000);
  scan.signal(SIGINT);
  const auto ended = scan.waitFor(std::chrono::seconds(20));
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->exitCode, 130) << ended->describe();
  const NightOutput asked = desk.scan();
  const int sheet = askedFor(asked);
  ASSERT_GT(sheet, 3) << asked.describe();
  desk.paper.setPace(0);
  desk.paper.putOnTop(sheet);
  EXPECT_EQ(desk.scan({"--on-top", std::to_string(sheet)}).result.exitCode, 0);
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(30));
}

/// With SANE's own driver: ten sheets a load, faults by its option.
TEST(SaneTestDriver, GivesFiftySheetsInFiveLoadsThroughAJamAndAPulledCable) {
  const NightSite site(ScanSite::copyOfOneSite());
  TemporaryFolder drivers;
  nameDriver(drivers.path(), "test");
  CommandOptions surroundings;
  surroundings.env["SANE_CONFIG_DIR"] = drivers.path();
  const auto scan = [&](std::vector<std::string> more) {
    std::vector<std::string> all = {"--json",      "scan",  "--device",     "test:0",
                                    "--batch",     "lô",    "--resolution", "200",
                                    "--page-size", "40x30", "--sheets",     "50"};
    all.insert(all.end(), more.begin(), more.end());
    return nightOutput(site.sohoa(all, surroundings));
  };
  if (site.sohoa({"scan", "--list"}, surroundings).out.find("test:0") == std::string::npos) {
    GTEST_SKIP() << "SANE's test driver is not installed (libsane1)";
  }
  std::string status = "Default";
  int sheets = 0;
  for (int call = 0; call < 20 && !fs::exists(site.intake("lô") / ".done"); ++call) {
    const NightOutput asked =
        scan({"--option", "read-return-value=" + status, "--option",
              "test-picture=" + std::string(call % 2 == 0 ? "Grid" : "Color pattern")});
    const std::string cause = causeOf(asked);
    if (status != "Default") {
      EXPECT_EQ(cause, status == "SANE_STATUS_JAMMED" ? "scan.jammed" : "scan.device_gone")
          << asked.describe();
      EXPECT_EQ(askedFor(asked), sheets + 1);
      status = sheets == 10 ? "SANE_STATUS_IO_ERROR" : "Default";
      const NightOutput rest =
          scan({"--on-top", std::to_string(sheets + 1), "--option", "read-return-value=Default"});
      sheets += 10;
      EXPECT_EQ(rest.result.exitCode, sheets == 50 ? 0 : 3) << rest.describe();
      continue;
    }
    sheets += 10;
    EXPECT_EQ(asked.result.exitCode, sheets == 50 ? 0 : 3) << asked.describe();
    status = sheets == 10 ? "SANE_STATUS_JAMMED" : "Default";
  }
  EXPECT_EQ(sheets, 50);
  EXPECT_TRUE(fs::exists(site.intake("lô") / "stack-001/050.jpg"));
  EXPECT_FALSE(fs::exists(site.intake("lô") / "stack-001/051.jpg"));
  EXPECT_TRUE(fs::exists(site.intake("lô") / ".done"));
}

}  // namespace
}  // namespace sohoa::test
