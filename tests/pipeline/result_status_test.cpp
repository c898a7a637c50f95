#include "pipeline/result_status.h"

#include <gmock/gmock.h>

#include "storage/catalogue.h"
#include "storage/ledger.h"
#include "storage/repository.h"
#include "tests/pipeline/filed_site.h"

namespace sohoa {
namespace {

using test::FiledSite;
using testing::ElementsAre;

class ResultStatusTest : public testing::Test {
 protected:
  ResultChanged change(const std::string& code, std::optional<ResultState> state,
                       const std::string& reason = "sai thẩm quyền") const {
    ResultChange wanted;
    wanted.state = state;
    wanted.person = "Nguyễn Thị Ký";
    wanted.reason = reason;
    return changeResult(site_.site(), *findResult(site_.site(), code), wanted);
  }
  std::vector<LedgerEntry> entries() const {
    std::vector<LedgerEntry> entries;
    Ledger(site_.site().ledger()).forEach([&](const LedgerEntry& e) { entries.push_back(e); });
    return entries;
  }
  FiledSite site_{2};
};

TEST_F(ResultStatusTest, FindsAResultByItsCodeAndADossierThatHasOne) {
  site_.file(3, 2);
  EXPECT_EQ(findResult(site_.site(), FiledSite::code(1))->result().code, FiledSite::code(1) + "-KQ1");
  EXPECT_TRUE(findResult(site_.site(), FiledSite::code(3) + "-KQ2"));
  EXPECT_FALSE(findResult(site_.site(), FiledSite::code(3))) << "which of the two?";
  EXPECT_FALSE(findResult(site_.site(), FiledSite::code(1) + "-KQ2"));
  EXPECT_FALSE(findResult(site_.site(), "no code"));
}

TEST_F(ResultStatusTest, AWithdrawalIsANewVersionAndNothingIsDeleted) {
  const auto before = Repository::open(site_.site().repository()).files(FiledSite::object(1), 1);
  const ResultChanged done = change(FiledSite::code(1), ResultState::withdrawn);
  EXPECT_TRUE(done.changed);
  EXPECT_EQ(done.version, 2);
  const auto repository = Repository::open(site_.site().repository());
  EXPECT_EQ(repository.files(FiledSite::object(1), 1), before);
  EXPECT_EQ(repository.files(FiledSite::object(1)).size(), before.size());
  const DossierRecord record = site_.record(1);
  EXPECT_EQ(record.documents[0].status->state, ResultState::withdrawn);
  EXPECT_EQ(record.documents[0].status->person, "Nguyễn Thị Ký");
  EXPECT_EQ(site_.site().catalogue().open()->filed(FiledSite::code(1))->version, 2);
  const LedgerEntry entry = entries().back();
  EXPECT_EQ(entry.action, "result.withdrawn");
  EXPECT_EQ(entry.actor, "Nguyễn Thị Ký");
  EXPECT_EQ(entry.subject, FiledSite::code(1) + "-KQ1");
  EXPECT_EQ(entry.details.at("reason"), "sai thẩm quyền");
  EXPECT_THAT(entry.details.at("old"), testing::StartsWith("in_force"));
  EXPECT_THAT(entry.details.at("new"), testing::StartsWith("withdrawn"));
  EXPECT_EQ(site_.auditErrors(), "");
}

TEST_F(ResultStatusTest, SaidTwiceIsWrittenOnce) {
  change(FiledSite::code(1), ResultState::expired);
  const std::size_t count = entries().size();
  const ResultChanged again = change(FiledSite::code(1), ResultState::expired, "again");
  EXPECT_FALSE(again.changed);
  EXPECT_EQ(again.version, 2);
  EXPECT_EQ(entries().size(), count);
  EXPECT_TRUE(change(FiledSite::code(1), ResultState::inForce, "nhầm").changed);
  EXPECT_EQ(site_.auditErrors(), "");
}

TEST_F(ResultStatusTest, TermRetentionAndAccessAreKeptAndLogged) {
  ResultChange wanted;
  wanted.from = *parseIsoDay("2021-09-10");
  wanted.until = *parseIsoDay("2021-12-31");
  wanted.retention = "70 năm";
  wanted.access = "Hạn chế";
  wanted.person = "Trần Văn Lưu";
  wanted.reason = "theo giấy phép";
  const ResultChanged done =
      changeResult(site_.site(), *findResult(site_.site(), FiledSite::code(2)), wanted);
  EXPECT_EQ(done.status.on(*parseIsoDay("2021-12-31")), ResultState::inForce);
  EXPECT_EQ(done.status.on(*parseIsoDay("2022-01-01")), ResultState::expired);
  EXPECT_EQ(site_.record(2).retention, "70 năm");
  const auto all = entries();
  EXPECT_EQ(all[all.size() - 2].action, "result.term");
  EXPECT_EQ(all.back().action, "dossier.classified");
  EXPECT_EQ(all.back().details.at("new_access"), "Hạn chế");
  EXPECT_EQ(site_.auditErrors(), "");
}

TEST_F(ResultStatusTest, KilledBeforeCatalogueAndLedgerIsCompletedByTheNextCall) {
  change(FiledSite::code(1), ResultState::withdrawn);
  // As if the process had died right after the commit: its ledger line is taken off, the
  // catalogue's row is the old one.
  const auto last = entries();
  std::string lines = test::slurp(site_.site().ledger());
  lines.resize(lines.rfind('\n', lines.size() - 2) + 1);
  test::spill(site_.site().ledger(), lines);
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::filesystem::remove(site_.site().catalogue().name() + suffix);
  }
  EXPECT_NE(site_.auditErrors(), "");
  EXPECT_FALSE(change(FiledSite::code(1), ResultState::withdrawn).changed);
  const auto now = entries();
  ASSERT_EQ(now.size(), last.size());
  EXPECT_EQ(now.back().hash, last.back().hash) << "the very same entry";
  EXPECT_EQ(site_.site().catalogue().open()->filed(FiledSite::code(1))->version, 2);
}

TEST_F(ResultStatusTest, IsKeptWhenTheDossierIsFiledAgain) {
  change(FiledSite::code(1), ResultState::withdrawn);
  const DossierRecord before = site_.record(1);
  DossierRecord now = before;
  now.documents[0].status.reset();
  now.retention.clear();
  keepStanding(before, now);
  EXPECT_EQ(now.documents[0].status, before.documents[0].status);
}

}  // namespace
}  // namespace sohoa
