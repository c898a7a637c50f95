#include "storage/schema.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "core/result.h"
#include "storage/catalogue.h"
#include "storage/database.h"
#include "storage/fold.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

class SchemaTest : public testing::Test {
 protected:
  /// The detail of the error with which the catalogue is refused.
  std::string refusal() {
    try {
      openSqliteCatalogue(file_);
    } catch (const BatchError& error) {
      EXPECT_EQ(error.cause(), Cause::catalogueUnusable);
      return error.detail();
    }
    ADD_FAILURE() << "not refused";
    return {};
  }
  test::TemporaryFolder folder_;
  fs::path file_ = folder_ / "catalogue.sqlite";
};

TEST_F(SchemaTest, IsMadeOnceAndKept) {
  openSqliteCatalogue(file_)->importRegister({test::registerRow(1)});
  EXPECT_EQ(openSqliteCatalogue(file_)->registerSize(), 1);
  EXPECT_EQ(openSqlite(file_.string())->integer("PRAGMA user_version"), newestSchema());
}

TEST_F(SchemaTest, BringsTheFirstVersionUpWithAllItHolds) {
  const auto fresh = openSqliteCatalogue(folder_ / "fresh.sqlite");
  fresh->importRegister({test::registerRow(1), test::registerRow(2), test::registerRow(3)});
  for (int n : {1, 2, 4}) {
    const DossierRecord record = test::dossier(n);
    fresh->recordFiled(record, 1, test::textsOf(record, {"Quyết định giao đất", ""}));
  }
  {
    const auto old = openSqlite(file_.string());
    ASSERT_EQ(sqliteHistory().step(*old, 0), 1);
    old->execute("ATTACH '" + (folder_ / "fresh.sqlite").string() + "' AS fresh");
    for (const std::string columns :
         {"dossier (code, object, version, batch, counted, not_counted_reason, pages, received_at, "
          "filed_at)",
          "filing (dossier, version, record)",
          "register (code, procedure_code, procedure_name, unit, received_on, resolved_on, medium, "
          "applicant, result_number, result_date, filed, counted, pages)",
          "document (id, dossier, code, file, title, origin, verdict, sha512)",
          "page (id, document, number, outcome, words, text)"}) {
      const auto bracket = columns.find('(');
      const std::string table = columns.substr(0, bracket - 1);
      const std::string names = columns.substr(bracket + 1, columns.size() - bracket - 2);
      old->execute("INSERT INTO " + columns + " SELECT " + names + " FROM fresh." + table);
    }
    Statement pages(*old, "SELECT id, text FROM page");
    Statement index(*old, "INSERT INTO page_index (rowid, words) VALUES (?1, ?2)");
    pages.start();
    while (pages.next()) index.run(pages.integer(0), foldText(pages.text(1)));
  }
  const auto upgraded = openSqliteCatalogue(file_);
  EXPECT_EQ(upgraded->dump(), fresh->dump());
  EXPECT_EQ(upgraded->search("giao dat", 10).size(), 3u);
  // What the upgraded index holds can be taken out of it again.
  upgraded->recordFiled(test::dossier(1), 2, {});
  fresh->recordFiled(test::dossier(1), 2, {});
  EXPECT_EQ(upgraded->dump(), fresh->dump());
}

TEST_F(SchemaTest, RefusesANewerSchema) {
  openSqliteCatalogue(file_);
  openSqlite(file_.string())->execute("PRAGMA user_version = 99");
  EXPECT_NE(refusal().find("newer"), std::string::npos);
  EXPECT_EQ(openSqlite(file_.string())->integer("PRAGMA user_version"), 99) << "left as it was";
}

TEST_F(SchemaTest, RefusesTheDatabaseOfAnotherProgram) {
  openSqlite(file_.string())->execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
  EXPECT_NE(refusal().find("not a sohoa catalogue"), std::string::npos);
  EXPECT_EQ(openSqlite(file_.string())->integer("SELECT count(*) FROM theirs"), 1);
  EXPECT_EQ(openSqlite(file_.string())->integer("SELECT count(*) FROM sqlite_schema"), 1)
      << "nothing added";
}

TEST_F(SchemaTest, RefusesWhatIsNoDatabase) {
  test::spill(file_, std::string(5000, 'x'));
  EXPECT_NE(refusal().find("not a database"), std::string::npos);
}

TEST_F(SchemaTest, RefusesADamagedFile) {
  {
    const auto catalogue = openSqliteCatalogue(file_);
    for (int i = 0; i < 50; ++i) catalogue->importRegister({test::registerRow(i)});
  }
  std::string bytes = test::slurp(file_);
  for (std::size_t i = 100; i < bytes.size(); ++i) bytes[i] = 'x';
  test::spill(file_, bytes);
  EXPECT_NE(refusal().find("malformed"), std::string::npos);
}

TEST_F(SchemaTest, RefusesAFolderThatIsNotThere) {
  file_ = folder_ / "missing/catalogue.sqlite";
  EXPECT_NE(refusal().find("unable to open"), std::string::npos);
}

}  // namespace
}  // namespace sohoa
