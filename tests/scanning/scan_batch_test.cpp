#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>

#include "tests/scanning/scan_site.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST(Scan, OfAStackMakesAClosedBatchWithAllPagesInOrder) {
  const ScanSite desk(12);
  const NightOutput scan = desk.scan();
  EXPECT_EQ(scan.result.exitCode, 0) << scan.describe();
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(12));
  EXPECT_TRUE(fs::exists(desk.site.intake("lô") / "stack-001/001.jpg"));
  EXPECT_TRUE(desk.closed());
  EXPECT_EQ(desk.manifestFailure(), "");
  EXPECT_EQ(scan.event("closed").at("pages"), 12);
  EXPECT_THAT(slurp(desk.site / "state/ledger.jsonl"), HasSubstr("batch.scanned"));
  EXPECT_TRUE(desk.site.sohoa({"audit", "--full"}).ok());
}

TEST(Scan, IntoADossierIsTakenInByTheNight) {
  const ScanSite desk(2);
  const NightOutput scan = desk.scan({"--dossier", dossierCode(1)});
  ASSERT_EQ(scan.result.exitCode, 0) << scan.describe();
  EXPECT_EQ(desk.pagesIn(dossierCode(1)), inOrder(2));
  const NightOutput night = desk.site.run();
  EXPECT_EQ(night.event("taken_in").at("pages"), 2) << night.describe();
  EXPECT_NE(night.outcome(dossierCode(1)), "quarantined") << night.describe();
}

TEST(Scan, WarnsOfADossierThatTheRegisterDoesNotKnow) {
  const ScanSite desk(1);
  const NightOutput scan = desk.scan({"--dossier", "000.00.12.H46-210901-9999"});
  EXPECT_EQ(scan.event("warning").at("cause"), "dossier.unknown");
  EXPECT_EQ(scan.result.exitCode, 0);
}

TEST(Scan, AppendsToABatchThatIsNotClosed) {
  const ScanSite desk(3);
  EXPECT_EQ(desk.scan({"--keep-open"}).result.exitCode, 0);
  EXPECT_FALSE(desk.closed());
  desk.paper.putOnTop(1);
  EXPECT_EQ(desk.scan({"--keep-open", "--dossier", dossierCode(1)}).result.exitCode, 0);
  desk.paper.putOnTop(1);
  const NightOutput twice = desk.scan({"--keep-open", "--dossier", dossierCode(1)});
  EXPECT_EQ(twice.result.exitCode, 3);
  EXPECT_EQ(causeOf(twice), "scan.folder_exists");
  EXPECT_EQ(desk.scan({"--keep-open", "--dossier", dossierCode(1), "--append"}).result.exitCode, 0);
  desk.paper.putOnTop(2);
  EXPECT_EQ(desk.scan({"--keep-open"}).result.exitCode, 0);
  EXPECT_EQ(desk.scan({"--close"}).result.exitCode, 0);
  EXPECT_TRUE(desk.closed());
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(3));
  EXPECT_EQ(desk.pagesIn("stack-002"), (std::vector{2, 3}));
  EXPECT_EQ(desk.pagesIn(dossierCode(1)), (std::vector{1, 2, 3, 1, 2, 3}));
  EXPECT_EQ(desk.manifestFailure(), "");
}

TEST(Scan, RefusesABatchThatIsClosedForeignOrInUse) {
  const ScanSite desk(2);
  ASSERT_EQ(desk.scan().result.exitCode, 0);
  desk.paper.putOnTop(1);
  const NightOutput closed = desk.scan();
  EXPECT_EQ(closed.result.exitCode, 1);
  EXPECT_EQ(causeOf(closed), "scan.batch_closed");
  EXPECT_EQ(desk.paper.inFeeder(), 2);

  const ScanSite other(2);
  other.site.put("lô", dossierCode(1), "001.jpg", "x");
  EXPECT_EQ(causeOf(other.scan()), "scan.batch_foreign");
  other.site.close("lô");
  EXPECT_EQ(causeOf(other.scan()), "scan.batch_closed");

  const ScanSite busy(2);
  busy.paper.setPace(3000);
  Child first(busy.scanCommand({}), busy.surroundings());
  while (busy.paper.inFeeder() == 2) ::usleep(10000);
  EXPECT_EQ(causeOf(busy.scan()), "scan.busy");
  first.signal(SIGKILL);
  EXPECT_TRUE(first.waitFor(std::chrono::seconds(10)));
}

TEST(Scan, MayUseANameAgainOnceTheBatchHasLeftIntake) {
  const ScanSite desk(2);
  ASSERT_EQ(desk.scan({"--dossier", dossierCode(1)}).result.exitCode, 0);
  desk.site.run();
  ASSERT_FALSE(fs::exists(desk.site.intake("lô")));
  desk.paper.putOnTop(1);
  const NightOutput again = desk.scan({"--dossier", dossierCode(2)});
  EXPECT_EQ(again.result.exitCode, 0) << again.describe();
  EXPECT_EQ(desk.pagesIn(dossierCode(2)), inOrder(2));
}

TEST(Scan, FindsAPageThatWasChangedBeforeTheBatchIsClosed) {
  const ScanSite desk(3);
  ASSERT_EQ(desk.scan({"--keep-open"}).result.exitCode, 0);
  const fs::path page = desk.site.intake("lô") / "stack-001/002.jpg";
  std::string bytes = slurp(page);
  bytes[bytes.size() / 2] = static_cast<char>(~bytes[bytes.size() / 2]);
  spill(page, bytes);
  const NightOutput close = desk.scan({"--close"});
  EXPECT_EQ(close.result.exitCode, 3);
  EXPECT_EQ(causeOf(close), "scan.file_changed");
  EXPECT_FALSE(desk.closed());
}

TEST(Scan, PutsAsideWhatIsNoPageOfIts) {
  const ScanSite desk(2);
  ASSERT_EQ(desk.scan({"--keep-open"}).result.exitCode, 0);
  spill(desk.site.intake("lô") / "stack-001/.003.jpg.tmp17-1", "half a page");
  spill(desk.site.intake("lô") / "note.txt", "a note");
  const NightOutput close = desk.scan({"--close"});
  ASSERT_EQ(close.result.exitCode, 0) << close.describe();
  EXPECT_EQ(close.event("put_aside").at("file"), "note.txt");
  EXPECT_EQ(desk.manifestFailure(), "");
  EXPECT_EQ(slurp(desk.site / "state/scans/lô.aside/note.txt"), "a note");
}

TEST(Scan, GivesUpAStackWithoutDeletingIt) {
  const ScanSite desk(5);
  desk.paper.failAt(4, "jam");
  ASSERT_EQ(desk.scan().result.exitCode, 3);
  EXPECT_EQ(desk.scan({"--discard"}).result.exitCode, 0);
  EXPECT_TRUE(fs::exists(desk.site / "state/scans/lô.aside/stack-001/003.jpg"));
  desk.paper.putOnTop(1);
  EXPECT_EQ(desk.scan({"--dossier", dossierCode(1)}).result.exitCode, 0);
  EXPECT_EQ(desk.pagesIn(dossierCode(1)), inOrder(5));
  EXPECT_EQ(desk.manifestFailure(), "");
}

TEST(Scan, CutsOffALineOfTheJournalThatACrashLeftHalfWritten) {
  const ScanSite desk(4);
  desk.paper.failAt(3, "jam");
  ASSERT_EQ(desk.scan().result.exitCode, 3);
  std::ofstream(desk.site / "state/scans/lô.jsonl", std::ios::app) << R"({"event":"kept","she)";
  desk.paper.putOnTop(3);
  EXPECT_EQ(desk.scan({"--on-top", "3"}).result.exitCode, 0);
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(4));
  EXPECT_EQ(desk.manifestFailure(), "");
}

TEST(Scan, ChecksItsCommandLine) {
  const ScanSite desk(1);
  const auto call = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"scan", "--device", Paper::device()});
    return desk.site.sohoa(more, desk.surroundings()).exitCode;
  };
  for (const std::vector<std::string>& wrong :
       std::vector<std::vector<std::string>>{{"--resolution", "150"},
                                             {"--source", "drum"},
                                             {"--page-size", "A9"},
                                             {"--dossier", "H46"},
                                             {"--option", "depth"},
                                             {"--sheets", "0"},
                                             {"--fronts", "--backs"},
                                             {"--discard"}}) {
    std::vector<std::string> with = wrong;
    with.insert(with.end(), {"--batch", "lô"});
    EXPECT_EQ(call(with), 2) << wrong.front();
  }
  for (const char* name : {"a/b", ".ẩn", "..", "lô~2"})
    EXPECT_EQ(call({"--batch", name}), 2) << name;
  EXPECT_EQ(call({}), 2) << "a batch has a name";
  EXPECT_EQ(desk.paper.inFeeder(), 1);
  // Wrong calls leave no claim on the name of a batch that others make by hand.
  desk.site.put("lô", dossierCode(1), "001.jpg", "x");
  EXPECT_EQ(causeOf(desk.scan()), "scan.batch_foreign");
  EXPECT_TRUE(fs::exists(desk.site.intake("lô") / dossierCode(1) / "001.jpg"));
  const CommandResult list = desk.site.sohoa({"scan", "--list"}, desk.surroundings());
  EXPECT_THAT(list.out, HasSubstr("paper:0  Sohoa Paper"));
}

TEST(Scan, NamesTheScannersThereAreWhenItsOwnIsNot) {
  const ScanSite desk(1);
  const CommandResult none = desk.site.sohoa(
      {"--lang", "en", "scan", "--device", "paper:9", "--batch", "lô"}, desk.surroundings());
  EXPECT_EQ(none.exitCode, 1);
  EXPECT_THAT(none.err, HasSubstr("choose a scanner: none of this name, or several: paper:9"));
  EXPECT_FALSE(fs::exists(desk.site.intake("lô")));
  // Without --device, the only one is taken.
  const CommandResult only =
      desk.site.sohoa({"scan", "--batch", "lô", "--page-size", "40x30"}, desk.surroundings());
  EXPECT_EQ(only.exitCode, 0) << only.describe();
}

}  // namespace
}  // namespace sohoa::test
