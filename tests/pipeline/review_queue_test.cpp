#include <gmock/gmock.h>

#include "core/durable.h"
#include "pipeline/batch/note_shot.h"
#include "pipeline/intake/batch_notes.h"
#include "pipeline/review/rescan.h"
#include "pipeline/review/rescan_list.h"
#include "pipeline/review/review.h"
#include "pipeline/review/review_view.h"
#include "storage/ledger/ledger.h"
#include "tests/pipeline/sample_batch.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::spill;
using testing::ElementsAre;
using testing::IsEmpty;

/// A site with one held dossier whose number and day were written by hand.
class ReviewQueue : public testing::Test {
 protected:
  ReviewQueue() { Site::create(folder_ / "kho", false, SystemClock()); }

  Site site() const { return Site::open(folder_ / "kho"); }
  void configure(const std::string& section, const std::string& lines) const {
    const fs::path file = folder_ / "kho/sohoa.toml";
    std::string text = readFile(file);
    const auto at = text.find("[" + section + "]"), end = text.find("\n[", at + 1);
    text.replace(at, end - at, "[" + section + "]\n" + lines);
    writeFileDurably(file, text);
  }
  HeldDossier hold() const {
    HeldDossier held;
    held.batch = "lô";
    held.item = test::sampleItem();
    held.folder = held.item.folder;
    held.code = held.item.code;
    held.problems = {{Stage::gate, Cause::fieldByHand, "number", "\"12\""},
                     {Stage::gate, Cause::fieldByHand, "date", ""}};
    Batch batch{"lô", "lô", {}, false, {held.item}};
    batch.scannedBy = {"quét"};
    writeFileDurably(site().batches() / "lô.json", toJson(batch));
    spill(site().intake() / "lô" / held.folder / "trang 1.tif", "scan");
    moveToReview(site(), site().intake() / "lô" / held.folder, held);
    return *findHeld(site(), held.code);
  }
  HeldDossier now() const { return *findHeld(site(), test::sampleItem().code); }
  std::vector<LedgerEntry> ledger(const std::string& action) const {
    std::vector<LedgerEntry> entries;
    Ledger(site().ledger()).forEach([&](const LedgerEntry& entry) {
      if (entry.action == action) entries.push_back(entry);
    });
    return entries;
  }
  const std::map<std::string, std::string> kBoth = {{"number", "12/QĐ-STNMT"},
                                                    {"date", "1/9/2021"}};
  test::TemporaryFolder folder_;
};

TEST_F(ReviewQueue, FilesWhatOnePersonKeyedInWhereNobodyAsksForTwo) {
  const auto done = correct(site(), hold(), kBoth, "lan", "xem bản giấy");
  ASSERT_TRUE(done);
  EXPECT_TRUE(done->files);
  EXPECT_EQ(now().keyed.find("date")->second.value, "2021-09-01");
  ASSERT_TRUE(now().decision);
  const auto entries = ledger("review.corrected");
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[1].details.at("field"), "number");
  EXPECT_EQ(entries[1].details.at("old"), "\"12\"");
  EXPECT_EQ(entries[1].details.at("new"), "12/QĐ-STNMT");
  EXPECT_EQ(entries[1].details.at("reason"), "xem bản giấy");
}

TEST_F(ReviewQueue, WaitsForASecondPersonWhoKeysInTheSame) {
  configure("review", "double_keying = true\n");
  auto done = correct(site(), hold(), kBoth, "lan", "nhập lần 1");
  ASSERT_TRUE(done);
  EXPECT_THAT(done->waiting, ElementsAre("date", "number"));
  EXPECT_FALSE(done->files);
  EXPECT_EQ(now().problems.size(), 2u);
  // The same person again is no second one.
  done = correct(site(), now(), kBoth, "lan", "lần nữa");
  EXPECT_TRUE(done->settled.empty());
  EXPECT_EQ(now().keyings.at("number").size(), 1u);
  // What the first keyed in is not shown to the second.
  const ReviewView view = viewOf(site(), now());
  ASSERT_EQ(view.fields.size(), 2u);
  EXPECT_EQ(view.fields[1].name, "number");
  EXPECT_EQ(view.fields[1].keyed, "");
  EXPECT_THAT(view.fields[1].waitingFor, ElementsAre("lan"));

  done = correct(site(), now(), {{"number", "13/QĐ-STNMT"}, {"date", "2021-09-01"}}, "hòa",
                 "nhập lần 2");
  EXPECT_THAT(done->settled, ElementsAre("date"));
  EXPECT_THAT(done->differs, ElementsAre("number"));
  EXPECT_FALSE(done->files);
  done = correct(site(), now(), {{"number", "12/QĐ-STNMT"}}, "bình", "nhập lần 3");
  EXPECT_THAT(done->settled, ElementsAre("number"));
  EXPECT_TRUE(done->files);
  EXPECT_EQ(now().keyed.find("number")->second.person, "lan, bình");
  EXPECT_EQ(ledger("review.keyed").size(), 5u);
}

TEST_F(ReviewQueue, DoesNotLetWhoScannedApprove) {
  configure("roles", "scan = [\"quét\"]\nkey = [\"nhập\"]\napprove = [\"duyệt\", \"quét\"]\n");
  const HeldDossier held = hold();
  auto result = accept(site(), held, "quét", "được");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().cause, Cause::reviewScanner);
  result = accept(site(), held, "nhập", "được");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().cause, Cause::reviewRole);
  EXPECT_EQ(correct(site(), held, kBoth, "người lạ", "x").error().cause, Cause::reviewRole);
  EXPECT_FALSE(now().decision);
  EXPECT_THAT(ledger("review.accepted"), IsEmpty());

  // Who keys in does not approve: the dossier waits for somebody who may.
  const auto done = correct(site(), held, kBoth, "nhập", "xem bản giấy");
  ASSERT_TRUE(done);
  EXPECT_FALSE(done->files);
  EXPECT_TRUE(viewOf(site(), now()).awaitsApproval);
  EXPECT_TRUE(accept(site(), now(), "duyệt", "đúng"));
  EXPECT_TRUE(now().decision);
}

TEST_F(ReviewQueue, ListsPagesToBeScannedAgainAndAcceptsNothingBefore) {
  HeldDossier held = hold();
  const int pages = static_cast<int>(pagesOf(held.item).size());
  ASSERT_GE(pages, 2);
  EXPECT_TRUE(requestRescan(site(), held, {2, 1}, "lan", "mờ"));
  EXPECT_THAT(rescanList(site()), testing::SizeIs(2));
  EXPECT_EQ(rescanList(site())[0].request.page, 1);
  const std::string text = rescanListText(rescanList(site()), site(), Language::en);
  EXPECT_THAT(text, testing::HasSubstr(held.code));
  EXPECT_THAT(text, testing::HasSubstr("sohoa review merge " + held.code + " 2 FILE"));
  const auto printed = rescanListPdf(rescanList(site()), site(), Language::vi);
  ASSERT_TRUE(printed);
  EXPECT_THAT(*printed, testing::StartsWith("%PDF-"));
  const auto refused = accept(site(), now(), "lan", "được");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().cause, Cause::reviewRescanOpen);
  EXPECT_FALSE(requestRescan(site(), now(), {pages + 1}, "lan", "mờ"));
  EXPECT_TRUE(withdrawRescan(site(), now(), "lan", "đọc được rồi"));
  EXPECT_TRUE(accept(site(), now(), "lan", "được"));
  EXPECT_EQ(ledger("review.rescan")[0].details.at("pages"), "2,1");
}

TEST(PageNumbers, AreReadAsPeopleWriteThem) {
  EXPECT_THAT(*parsePages("3", 9), ElementsAre(3));
  EXPECT_THAT(*parsePages("2,5-7,5", 9), ElementsAre(2, 5, 6, 7));
  for (const char* wrong : {"", "0", "10", "3-", "-3", "5-2", "a", "1,,2", "1;2", "1 2"}) {
    EXPECT_FALSE(parsePages(wrong, 9)) << wrong;
  }
}

TEST(PageScannedAgain, StandsForTheFirstImageInItsPlace) {
  IntakeItem item;
  const auto add = [&](const std::string& name, int pages) {
    IntakeFile file;
    file.original.name = name;
    file.original.pages = pages;
    file.pages.resize(static_cast<std::size_t>(pages));
    item.files.push_back(file);
  };
  add("001.jpg", 1);
  add("stack.tif", 3);
  add("stack-rescan.jpg", 1);
  item.files[2].replaces = IntakeFile::Place{"stack.tif", 1};
  const auto pages = pagesOf(item);
  ASSERT_EQ(pages.size(), 4u);
  EXPECT_EQ(pages[2].file->original.name, "stack-rescan.jpg");
  EXPECT_EQ(pages[2].index, 0);
  EXPECT_EQ(pages[2].replaced->original.name, "stack.tif");
  EXPECT_EQ(pages[3].file->original.name, "stack.tif");
  EXPECT_EQ(pages[3].index, 2);
  EXPECT_EQ(item.pageCount(), 4);
  EXPECT_EQ(countedPages(item), 4);
}

TEST(BatchNotesFile, SaysWhoScannedAndHowManyPagesWereCounted) {
  const test::TemporaryFolder folder;
  BatchNotes notes;
  EXPECT_TRUE(readBatchNotes(folder.path()).scannedBy.empty());
  spill(folder / ".done", "");
  EXPECT_TRUE(readBatchNotes(folder.path()).pages.empty());
  notes.scannedBy = {"lan", "Nguyễn Hòa"};
  notes.pages = {{"000.00.12.H46-210910-0001", 12}};
  spill(folder / ".done",
        writeBatchNotes(notes) + "khác: x\r\npages: a b\npages: 5\nscanned_by:  lan \r\n");
  EXPECT_EQ(readBatchNotes(folder.path()).scannedBy, notes.scannedBy);
  EXPECT_EQ(readBatchNotes(folder.path()).pages, notes.pages);
}

TEST(NoteShot, IsToldByItsName) {
  for (const char* name : {"003-note.jpg", "003_NOTE.tif", "003 ghi chú.png", "KQ1/003-ghi-chu.jpg",
                           "003-giấy nhớ.jpg"}) {
    EXPECT_TRUE(isNoteShot(name)) << name;
  }
  for (const char* name : {"003.jpg", "note.jpg", "notes-003.jpg", "003-noted.jpg"})
    EXPECT_FALSE(isNoteShot(name)) << name;
}

}  // namespace
}  // namespace sohoa
