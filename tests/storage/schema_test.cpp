#include "storage/catalogue/schema.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "core/result.h"
#include "storage/catalogue/catalogue.h"
#include "storage/database/database.h"
#include "storage/text/text_folding.h"
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

TEST_F(SchemaTest, KnowsWhatADocumentIsInItsDossier) {
  DossierRecord record = test::dossier(1);
  record.documents.push_back(record.documents.front());
  record.documents.back().code = record.code + "-TP1";
  openSqliteCatalogue(file_)->recordFiled(record, 1, {});
  const auto database = openSqlite(file_.string());
  Statement kinds(*database, "SELECT kind FROM document ORDER BY code");
  std::string found;
  for (kinds.start(); kinds.next();) found += kinds.text(0) + " ";
  EXPECT_EQ(found, "result component ");
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
