#include <gtest/gtest.h>

#include "storage/catalogue/catalogue.h"
#include "tests/storage/engine.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

using test::codeOf;
using test::registerRow;

class CatalogueRegister : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
  std::unique_ptr<Catalogue> catalogue_ = test::openCatalogue(folder_ / "catalogue.sqlite");
};

TEST_F(CatalogueRegister, CountsWhatAnImportChanged) {
  RegisterRow two = registerRow(2);
  auto change = catalogue_->importRegister({registerRow(1), two});
  EXPECT_EQ(change.added, 2);
  two.resolvedOn = test::day(2021, 9, 20);
  change = catalogue_->importRegister({registerRow(1), two, registerRow(3)});
  EXPECT_EQ(change.added, 1);
  EXPECT_EQ(change.updated, 1);
  EXPECT_EQ(change.unchanged, 1);
  EXPECT_EQ(catalogue_->registerSize(), 3);
}

TEST_F(CatalogueRegister, GivesBackEveryColumn) {
  RegisterRow row = registerRow(1, "Phòng \"Tài nguyên\"; nước");
  row.resolvedOn = test::day(2021, 9, 20);
  row.resultDate = test::day(2021, 9, 19);
  row.medium = "online";
  catalogue_->importRegister({row, registerRow(2)});
  EXPECT_EQ(catalogue_->registered(codeOf(1)), row);
  EXPECT_EQ(catalogue_->registered(codeOf(2)), registerRow(2));
  EXPECT_EQ(catalogue_->registered(codeOf(3)), std::nullopt);
}

TEST_F(CatalogueRegister, ListsEveryRowByCode) {
  catalogue_->importRegister({registerRow(3), registerRow(1), registerRow(2)});
  std::vector<RegisterRow> rows;
  catalogue_->forEachRegistered([&](const RegisterRow& row) { rows.push_back(row); });
  EXPECT_EQ(rows, (std::vector<RegisterRow>{registerRow(1), registerRow(2), registerRow(3)}));
}

}  // namespace
}  // namespace sohoa
