#include "pipeline/results/result_status.h"

#include <gmock/gmock.h>

#include "pipeline/results/keyed_fields.h"
#include "storage/catalogue/catalogue.h"
#include "storage/ledger/ledger.h"
#include "storage/repository/repository.h"
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
  EXPECT_EQ(findResult(site_.site(), FiledSite::code(1))->result().code,
            FiledSite::code(1) + "-KQ1");
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

/// A dossier that was filed before its number was known, as `file_by_hand = true` does.
DossierRecord fileWithoutNumber(const FiledSite& site, int n) {
  DossierRecord record = site.record(n);
  record.counted = false;
  record.notCountedReason = "field.by_hand";
  DocumentField& number = record.documents[0].fields["number"];
  number = {};
  number.page = 1;
  number.byHand = true;
  auto repository = Repository::open(site.site().repository());
  std::vector<ContentFile> files;
  for (const auto& [logical, place] : repository.files(FiledSite::object(n))) {
    if (logical != "metadata.json") files.push_back({logical, place, ""});
  }
  files.push_back({"metadata.json", "", toJson(record)});
  const int version = repository.commit(
      FiledSite::object(n), 1, files, {record.filedAt, "sohoa: batch lô", "Sở", "urn:sohoa:site"});
  site.site().catalogue().open()->recordFiled(record, version, {});
  LedgerEntry entry;
  entry.at = record.filedAt;
  entry.actor = "sohoa run";
  entry.action = "dossier.filed";
  entry.subject = record.code;
  entry.details = {
      {"batch", "lô"}, {"object", FiledSite::object(n)}, {"version", "2"}, {"pages", "1"}};
  Ledger(site.site().ledger()).append(entry);
  return record;
}

TEST_F(ResultStatusTest, ANumberKeyedInAfterFilingMakesTheDossierCount) {
  fileWithoutNumber(site_, 1);
  const auto done = keyIntoFiled(site_.site(), FiledSite::code(1), {{"number", "77/GP-UBND"}},
                                 "Nguyễn Thị Ký", "đọc trên giấy");
  ASSERT_TRUE(std::holds_alternative<KeyedIn>(done));
  EXPECT_EQ(std::get<KeyedIn>(done).version, 3);
  EXPECT_EQ(std::get<KeyedIn>(done).notCountedReason, "");
  const DossierRecord record = site_.record(1);
  EXPECT_TRUE(record.counted);
  const DocumentField& number = record.documents[0].fields.at("number");
  EXPECT_EQ(number.value, "77/GP-UBND");
  EXPECT_EQ(number.source, kKeyed);
  EXPECT_EQ(number.person, "Nguyễn Thị Ký");
  EXPECT_EQ(number.reason, "đọc trên giấy");
  const auto all = entries();
  const LedgerEntry& keyed = all[all.size() - 2];
  EXPECT_EQ(keyed.action, "review.corrected");
  EXPECT_EQ(keyed.actor, "Nguyễn Thị Ký");
  EXPECT_EQ(keyed.subject, FiledSite::code(1));
  EXPECT_EQ(keyed.details.at("field"), "number");
  EXPECT_EQ(keyed.details.at("old"), "");
  EXPECT_EQ(keyed.details.at("new"), "77/GP-UBND");
  EXPECT_EQ(keyed.details.at("reason"), "đọc trên giấy");
  EXPECT_EQ(all.back().action, "dossier.counted");
  EXPECT_EQ(all.back().details.at("old"), "field.by_hand");
  EXPECT_EQ(site_.auditErrors(), "");
}

TEST_F(ResultStatusTest, AFieldThatDoesNotSettleTheNumberLeavesTheDossierUncounted) {
  fileWithoutNumber(site_, 1);
  keyIntoFiled(site_.site(), FiledSite::code(1), {{"date", "1/9/2021"}}, "A", "b");
  EXPECT_FALSE(site_.record(1).counted);
  EXPECT_EQ(site_.record(1).documents[0].fields.at("date").value, "2021-09-01");
  const auto wrong =
      keyIntoFiled(site_.site(), FiledSite::code(1), {{"number", "không rõ"}}, "A", "b");
  ASSERT_TRUE(std::holds_alternative<std::string>(wrong));
  EXPECT_EQ(std::get<std::string>(wrong), "number");
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
