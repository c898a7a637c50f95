#include <gtest/gtest.h>

#include "storage/catalogue/catalogue.h"
#include "storage/catalogue/schema.h"
#include "storage/catalogue/search_filters.h"
#include "storage/catalogue/text_index.h"
#include "storage/database/database.h"
#include "storage/text/text_folding.h"
#include "tests/storage/engine.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

/// Catalogues as earlier versions left them, made by the steps up to each and filled by SQL.
class CatalogueOfAnEarlierVersion : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (test::onPostgres() && GetParam() < 2) {
      GTEST_SKIP() << "PostgreSQL's first version is the second of SQLite";
    }
  }
  /// Everything that a catalogue held before there were newer columns.
  void fill(Catalogue& catalogue) const {
    catalogue.importRegister({test::registerRow(1), test::registerRow(2), test::registerRow(3)});
    for (int n : {1, 2, 4}) {
      DossierRecord record = test::dossier(n);
      if (n == 2) {
        record.documents[0].status = ResultStatus{};
        record.documents[0].status->until = test::day(2022, 12, 31);
      }
      catalogue.recordFiled(record, 1, test::textsOf(record, {"Quyết định giao đất", ""}));
    }
  }
  /// The rows of a whole catalogue, in so far as version `version` had columns for them.
  void copyRows(const Database& old, const std::string& from, int version) const {
    std::string filters = version < 2 ? "" : ", unit, procedure_code, dated_on, status";
    if (version >= 3) filters += ", valid_until";
    if (version >= 4) filters += ", kind";
    const std::string excluded = version < 2 ? "" : ", excluded_reason";
    for (const std::string& columns :
         {std::string("dossier (code, object, version, batch, counted, not_counted_reason, pages, "
                      "received_at, filed_at)"),
          std::string("filing (dossier, version, record)"),
          "register (code, procedure_code, procedure_name, unit, received_on, resolved_on, medium, "
          "applicant, result_number, result_date, filed, counted, pages" +
              excluded + ")",
          "document (id, dossier, code, file, title, origin, verdict, sha512" + filters + ")",
          std::string("page (id, document, number, outcome, words, text)")}) {
      const auto bracket = columns.find('(');
      const std::string table = columns.substr(0, bracket - 1);
      const std::string names = columns.substr(bracket + 1, columns.size() - bracket - 2);
      old.execute("INSERT INTO " + columns + " SELECT " + names + " FROM " + from + "." + table);
    }
    index(old, version);
  }

 private:
  static void index(const Database& old, int version) {
    if (version < 2) {  // no filters in it yet
      Statement pages(old, "SELECT id, text FROM page");
      Statement add(old, "INSERT INTO page_index (rowid, words) VALUES (?1, ?2)");
      pages.start();
      while (pages.next()) add.run(pages.integer(0), foldText(pages.text(1)));
      return;
    }
    const std::string until = version < 3 ? "''" : "valid_until";
    Statement pages(old, "SELECT page.id, page.text, unit, procedure_code, dated_on, status, " +
                             until + " FROM page JOIN document ON document.id = page.document");
    const auto index = makeTextIndex(old);
    pages.start();
    while (pages.next()) {
      index->add(
          pages.integer(0), foldText(pages.text(1)),
          filterMarks({pages.text(2), pages.text(3), pages.text(4), pages.text(5), pages.text(6)}));
    }
  }
};

/// On PostgreSQL both in one database, in two schemas.
TEST_P(CatalogueOfAnEarlierVersion, IsBroughtUpWithAllItHolds) {
  const test::TemporaryFolder folder;
  const bool postgres = test::onPostgres();
  const std::string address =
      postgres ? test::postgresServer().database("steps" + std::to_string(GetParam())) : "";
  const auto openOne = [&](const std::string& name) {
    return postgres ? openPostgresCatalogue(address, name)
                    : openSqliteCatalogue(folder / (name + ".sqlite"));
  };
  const auto fresh = openOne("fresh");
  fill(*fresh);
  {
    const auto old = postgres ? openPostgres(address, "old") : openSqlite(folder / "old.sqlite");
    const SchemaHistory history = postgres ? postgresHistory() : sqliteHistory();
    transact(*old, [&] {
      for (int version = history.lockedVersion(*old); version < GetParam();) {
        version = history.step(*old, version);
      }
    });
    ASSERT_EQ(history.version(*old), GetParam());
    if (!postgres) old->execute("ATTACH '" + (folder / "fresh.sqlite").string() + "' AS fresh");
    copyRows(*old, "fresh", GetParam());
  }
  const auto upgraded = openOne("old");
  EXPECT_EQ(upgraded->dump(), fresh->dump());
  EXPECT_EQ(upgraded->search("giao dat", 10).size(), 3u);
  SearchFilter expired;
  expired.status = "expired";
  expired.today = test::day(2023, 1, 1);
  EXPECT_EQ(upgraded->search("giao dat", 10, expired).size(), 1u);
  // What the upgraded index holds can be taken out of it again.
  for (Catalogue* one : {upgraded.get(), fresh.get()}) {
    one->recordFiled(test::dossier(1), 2, {});
    one->recordFiled(test::dossier(2), 2, {});
  }
  EXPECT_EQ(upgraded->dump(), fresh->dump());
}

INSTANTIATE_TEST_SUITE_P(EveryOne, CatalogueOfAnEarlierVersion, testing::Range(1, newestSchema()),
                         [](const auto& one) { return "Version" + std::to_string(one.param); });

}  // namespace
}  // namespace sohoa
