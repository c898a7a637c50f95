#include "storage/catalogue/catalogue_store.h"

#include <gtest/gtest.h>

#include "tests/storage/engine.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

class CatalogueStoreTest : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
  CatalogueStore store_ = test::storeAt(folder_ / "catalogue.sqlite");
};

TEST_F(CatalogueStoreTest, IsThereOnceOpened) {
  EXPECT_FALSE(store_.exists());
  store_.open();
  EXPECT_TRUE(store_.exists());
}

TEST_F(CatalogueStoreTest, AdoptsADraftInThePlaceOfTheOneInUse) {
  store_.open()->importRegister({test::registerRow(1)});
  for (int rows = 2; rows <= 3; ++rows) {
    const auto draft = store_.draft();
    EXPECT_EQ(draft->catalogue().registerSize(), 0);
    for (int i = 0; i < rows; ++i) draft->catalogue().importRegister({test::registerRow(10 + i)});
    EXPECT_NE(store_.open()->registerSize(), rows) << "not before it is adopted";
    draft->adopt();
    EXPECT_EQ(store_.open()->registerSize(), rows);
  }
  const auto catalogue = store_.open();
  catalogue->recordFiled(test::dossier(10), 1, {});
  EXPECT_EQ(
      catalogue->report(test::day(2000, 1, 1), test::day(2100, 1, 1), Grouping::none)[0].digitised,
      1)
      << "its triggers moved with it";
}

TEST_F(CatalogueStoreTest, LeavesNothingOfADraftThatIsNotAdopted) {
  store_.open()->importRegister({test::registerRow(1)});
  store_.draft()->catalogue().importRegister({test::registerRow(2), test::registerRow(3)});
  EXPECT_EQ(store_.open()->registerSize(), 1);
  if (!test::onPostgres()) {
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      EXPECT_EQ(entry.path().string().find(".new"), std::string::npos) << entry.path();
    }
  }
}

}  // namespace
}  // namespace sohoa
