#include "pipeline/reports/page_balance.h"

#include <gmock/gmock.h>

namespace sohoa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

PageRecord page(int number, const std::string& original, std::vector<std::string> flags = {}) {
  PageRecord page;
  page.number = number;
  page.original = original;
  page.originalPage = 1;
  page.flags = std::move(flags);
  return page;
}

OriginalFile original(const std::string& name) {
  OriginalFile file;
  file.name = name;
  file.bytes = 1;
  file.pages = 1;
  return file;
}

/// Three sides of paper: one with a note (two images), one scanned again, one blank.
DossierRecord sample() {
  DossierRecord record;
  record.declaredPages = 3;
  for (const char* name : {"001-note.jpg", "001.jpg", "002.jpg", "002-rescan.jpg", "003.jpg"}) {
    record.originals.push_back(original(name));
  }
  DocumentRecord document;
  document.code = "X-KQ1";
  document.pages = {page(1, "001-note.jpg", {"note_shot"}), page(2, "001.jpg"),
                    page(3, "002-rescan.jpg", {"rescanned"}), page(4, "003.jpg", {"blank"})};
  document.pages[2].replaces = "002.jpg, 1";
  document.pages[3].outcome = PageOutcome::flagged;
  document.pages[3].inkShare = 0.0001;
  record.documents = {document};
  return record;
}

TEST(PageLedgerOfADossier, CountsNoteShotsAndReplacedImagesApart) {
  const PageLedger ledger = pageLedgerOf(sample());
  EXPECT_EQ(ledger.images, 5);
  EXPECT_EQ(ledger.noteShots, 1);
  EXPECT_EQ(ledger.replaced, 1);
  EXPECT_EQ(ledger.pages(), 3);
  EXPECT_EQ(ledger.recognised, 3);
  EXPECT_EQ(ledger.flagged, 1);
  EXPECT_EQ(ledger.inDocuments, 4);
  ASSERT_EQ(ledger.blanks.size(), 1u);
  EXPECT_EQ(ledger.blanks[0].page, 4);
  EXPECT_DOUBLE_EQ(ledger.blanks[0].inkShare, 0.0001);
  EXPECT_THAT(ledger.faults(), IsEmpty());
}

TEST(PageLedgerOfADossier, NamesWhatDoesNotAddUp) {
  DossierRecord record = sample();
  record.declaredPages = 4;
  EXPECT_THAT(pageLedgerOf(record).faults(),
              ElementsAre(HasSubstr("4 pages were declared, 3 are there")));
  record = sample();
  record.originals.push_back(original("004.jpg"));
  EXPECT_THAT(pageLedgerOf(record).faults(),
              testing::Contains(HasSubstr("6 images - 1 replaced, 4 in")));
  record = sample();
  record.declaredPages = 0;
  EXPECT_THAT(pageLedgerOf(record).faults(), IsEmpty()) << "nobody counted";
  PageSums sums;
  sums.add(pageLedgerOf(record));
  sums.add(pageLedgerOf(sample()));
  EXPECT_EQ(sums.undeclared, 1);
  EXPECT_EQ(sums.declared, 3);
  EXPECT_EQ(sums.images, 10);
  EXPECT_EQ(sums.unbalanced, 0);
}

TEST(PageLedgerOfADossier, SurvivesItsRecord) {
  DossierRecord record = sample();
  record.twins = {{PageTwin::Kind::same, "003.jpg", "001.jpg", "khác"},
                  {PageTwin::Kind::alike, "002.jpg", "001.jpg", ""}};
  const DossierRecord again = recordFromJson(toJson(record));
  EXPECT_EQ(again.declaredPages, 3);
  EXPECT_EQ(again.twins, record.twins);
  EXPECT_EQ(again.documents[0].pages[2].replaces, "002.jpg, 1");
}

}  // namespace
}  // namespace sohoa
