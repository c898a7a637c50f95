#include "pipeline/dossier/dossier_folders.h"

#include <gmock/gmock.h>

#include "tests/pipeline/sample_batch.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::slurp;
using test::spill;

class Shelves : public testing::Test {
 protected:
  Shelves() : site_(make()) {}

  Site make() const {
    Site::create(folder_ / "kho", false, SystemClock());
    return Site::open(folder_ / "kho");
  }
  HeldDossier held() const {
    HeldDossier made;
    made.batch = "lô";
    made.item = test::sampleItem();
    made.folder = made.item.folder;
    made.code = made.item.code;
    made.receivedAt = *parseIsoTime("2021-09-10T15:00:00Z");
    made.heldAt = *parseIsoTime("2021-09-10T16:00:00Z");
    made.problems = {{Stage::gate, Cause::pageDoubtful, "trang 1.tif", "0.41"}};
    return made;
  }
  fs::path scansOf(const HeldDossier& dossier) const {
    return site_.intake() / dossier.batch / dossier.folder;
  }
  void bring(const HeldDossier& dossier) const { spill(scansOf(dossier) / "trang 1.tif", "scan"); }

  test::TemporaryFolder folder_;
  Site site_;
};

TEST_F(Shelves, KeepAHeldDossierWithItsReasonsAndReadings) {
  const HeldDossier dossier = held();
  bring(dossier);
  spill(workFolder(site_, "lô", dossier.folder) / "readings/0001.json", "{}");
  moveToReview(site_, scansOf(dossier), dossier);
  EXPECT_FALSE(fs::exists(scansOf(dossier)));
  EXPECT_EQ(slurp(reviewFolder(site_, dossier.code) / "scans/trang 1.tif"), "scan");
  EXPECT_TRUE(fs::exists(reviewFolder(site_, dossier.code) / "readings/0001.json"));
  const auto found = findHeld(site_, dossier.code);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->batch, "lô");
  EXPECT_EQ(found->folder, dossier.folder);
  EXPECT_EQ(found->receivedAt, dossier.receivedAt);
  EXPECT_EQ(found->heldAt, dossier.heldAt);
  ASSERT_EQ(found->problems.size(), 1u);
  EXPECT_EQ(found->problems[0].cause, Cause::pageDoubtful);
  EXPECT_EQ(found->item.files.size(), 2u);
  EXPECT_FALSE(found->decision);
}

TEST_F(Shelves, KeepADecisionAndWhatWasAcceptedBefore) {
  HeldDossier dossier = held();
  bring(dossier);
  moveToReview(site_, scansOf(dossier), dossier);
  dossier.acceptedBefore = {"pages.gap"};
  dossier.decision =
      ReviewDecision{"An", "rõ", {"page.doubtful"}, *parseIsoTime("2021-09-11T01:00:00Z")};
  saveHeld(site_, dossier);
  const auto all = listHeld(site_);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_THAT(all[0].acceptedBefore, testing::ElementsAre("pages.gap"));
  ASSERT_TRUE(all[0].decision);
  EXPECT_EQ(all[0].decision->person, "An");
  EXPECT_THAT(all[0].decision->causes, testing::ElementsAre("page.doubtful"));
}

TEST_F(Shelves, FinishAMoveToReviewThatACrashCutInTwo) {
  const HeldDossier dossier = held();
  bring(dossier);
  moveToReview(site_, scansOf(dossier), dossier);
  fs::create_directories(site_.work() / "lô");
  fs::rename(reviewFolder(site_, dossier.code), workFolder(site_, "lô", dossier.folder));
  EXPECT_TRUE(listHeld(site_).empty());
  finishMoves(site_);
  EXPECT_TRUE(findHeld(site_, dossier.code));
  EXPECT_TRUE(fs::exists(reviewFolder(site_, dossier.code) / "scans/trang 1.tif"));
}

TEST_F(Shelves, FinishClearingAFiledDossierThatACrashCutInTwo) {
  const HeldDossier dossier = held();
  bring(dossier);
  moveToReview(site_, scansOf(dossier), dossier);
  moveToProcessed(site_, reviewFolder(site_, dossier.code) / "scans", "lô", dossier.folder);
  finishMoves(site_);
  EXPECT_FALSE(fs::exists(reviewFolder(site_, dossier.code)));
  EXPECT_EQ(slurp(site_.processed() / "lô" / dossier.folder / "trang 1.tif"), "scan");
}

TEST_F(Shelves, LeaveAPersonsOwnFolderInReviewAlone) {
  spill(site_.review() / "ghi chú/đọc.txt", "của chị Bình");
  finishMoves(site_);
  EXPECT_EQ(slurp(site_.review() / "ghi chú/đọc.txt"), "của chị Bình");
  EXPECT_TRUE(listHeld(site_).empty());
}

TEST_F(Shelves, SayWhyADossierIsInQuarantineInBothLanguages) {
  const HeldDossier dossier = held();
  bring(dossier);
  moveToQuarantine(site_, scansOf(dossier), "lô", dossier.folder,
                   {Stage::intake, Cause::fileEmpty, "trang 1.tif", "0 bytes"});
  EXPECT_EQ(slurp(site_.quarantine() / "lô" / dossier.folder / "trang 1.tif"), "scan");
  const std::string reason = slurp(site_.quarantine() / "lô" / (dossier.folder + ".reason.txt"));
  for (const char* part :
       {"tệp rỗng", "the file is empty", "file.empty", "trang 1.tif", "0 bytes"}) {
    EXPECT_THAT(reason, testing::HasSubstr(part));
  }
}

/// Found by a kill in the instant between writing the reason and giving it its name.
TEST_F(Shelves, LeaveNoUnfinishedReasonOfAKilledRun) {
  const fs::path shelf = site_.quarantine() / "lô";
  spill(shelf / ".x.reason.txt.tmp77-2", "the file is emp");
  spill(shelf / ".y.reason.txt.tmp77-3", "another's");
  spill(site_.intake() / "lô/x", "scan");
  moveToQuarantine(site_, site_.intake() / "lô/x", "lô", "x",
                   {Stage::intake, Cause::fileStray, "", ""});
  EXPECT_FALSE(fs::exists(shelf / ".x.reason.txt.tmp77-2"));
  EXPECT_TRUE(fs::exists(shelf / ".y.reason.txt.tmp77-3"));
  EXPECT_TRUE(fs::exists(shelf / "x.reason.txt"));
}

TEST_F(Shelves, NeverPutOneThingOverAnother) {
  const ItemError why{Stage::intake, Cause::fileStray, "", ""};
  for (const char* text : {"một", "hai", "ba"}) {
    spill(site_.intake() / "lô/x", text);
    moveToQuarantine(site_, site_.intake() / "lô/x", "lô", "x", why);
  }
  EXPECT_EQ(slurp(site_.quarantine() / "lô/x"), "một");
  EXPECT_EQ(slurp(site_.quarantine() / "lô/x~2"), "hai");
  EXPECT_EQ(slurp(site_.quarantine() / "lô/x~3"), "ba");
}

TEST_F(Shelves, NeverPutAReasonOverAStrayFileOfItsName) {
  spill(site_.intake() / "lô/x.reason.txt", "của ai đó");
  moveToQuarantine(site_, site_.intake() / "lô/x.reason.txt", "lô", "x.reason.txt",
                   {Stage::intake, Cause::fileStray, "", ""});
  spill(site_.intake() / "lô/x/1.jpg", "scan");
  moveToQuarantine(site_, site_.intake() / "lô/x", "lô", "x",
                   {Stage::intake, Cause::dossierCode, "", ""});
  EXPECT_EQ(slurp(site_.quarantine() / "lô/x.reason.txt"), "của ai đó");
  EXPECT_EQ(slurp(site_.quarantine() / "lô/x~2/1.jpg"), "scan");
}

TEST_F(Shelves, TakeUpAQuarantineThatACrashCutInTwo) {
  const ItemError why{Stage::intake, Cause::dossierCode, "", ""};
  spill(site_.intake() / "lô/x/1.jpg", "scan");
  moveToQuarantine(site_, site_.intake() / "lô/x", "lô", "x", why);
  fs::rename(site_.quarantine() / "lô/x", site_.intake() / "lô/x");  // the reason was written first
  moveToQuarantine(site_, site_.intake() / "lô/x", "lô", "x", why);
  EXPECT_TRUE(fs::exists(site_.quarantine() / "lô/x/1.jpg"));
  EXPECT_FALSE(fs::exists(site_.quarantine() / "lô/x~2.reason.txt"));
}

TEST_F(Shelves, ShortenNamesThatLeaveNoRoomForTheReason) {
  std::string name;
  while (name.size() + 3 <= 255) name += "ắ";
  spill(site_.intake() / "lô" / name / "1.jpg", "scan");
  moveToQuarantine(site_, site_.intake() / "lô" / name, "lô", name,
                   {Stage::intake, Cause::dossierCode, "", ""});
  std::set<std::string> places;
  for (const auto& entry : fs::directory_iterator(site_.quarantine() / "lô")) {
    places.insert(entry.path().filename().native());
  }
  const std::string kept = name.substr(0, 198);  // whole characters
  EXPECT_THAT(places, testing::ElementsAre(kept, kept + ".reason.txt"));
}

TEST_F(Shelves, CloseABatchOverItsMarkersAndLeftovers) {
  Batch batch{"lô~2", "lô", {}, false, {}};
  spill(site_.intake() / "lô/.done", "");
  spill(site_.intake() / "lô/Thumbs.db", "x");
  spill(site_.batches() / "lô~2.json", toJson(batch));
  closeBatch(site_, batch);
  EXPECT_FALSE(fs::exists(site_.intake() / "lô"));
  EXPECT_TRUE(fs::exists(site_.batches() / "lô~2.finished"));
  EXPECT_TRUE(fs::exists(site_.processed() / "lô~2/Thumbs.db"));
  closeBatch(site_, batch);  // again, after a crash
}

TEST_F(Shelves, RefuseADamagedRecord) {
  spill(site_.review() / "X/held.json", "{}");
  spill(site_.review() / "X/scans/1.jpg", "scan");
  EXPECT_THROW(listHeld(site_), BatchError);
}

}  // namespace
}  // namespace sohoa
