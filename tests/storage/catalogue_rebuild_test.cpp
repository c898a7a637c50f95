#include "storage/catalogue/catalogue_rebuild.h"
#include "storage/catalogue/dossier_object.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/register/register.h"
#include "tests/storage/engine.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::codeOf;
using test::contentOf;
using test::dossier;
using test::someone;
using test::textsOf;
using testing::IsEmpty;

class RebuildTest : public testing::Test {
 protected:
  /// Files a version as the pipeline does: first the repository, then the catalogue.
  void file(const DossierRecord& record, int version, const std::vector<std::string>& pages) {
    const std::string object = "urn:sohoa:dossier:" + record.code;
    repository_.commit(object, version - 1, contentOf(record, pages), someone());
    live_->recordFiled(record, version, textsOf(record, pages));
  }

  void import(const std::vector<RegisterRow>& rows) {
    live_->importRegister(rows);
    std::vector<RegisterRow> all;
    live_->forEachRegistered([&](const RegisterRow& row) { all.push_back(row); });
    const std::string object(kRegisterObject);
    repository_.commit(object, repository_.head(object).value_or(0),
                       {test::content(std::string(kRegisterFile), writeRegisterCsv(all))},
                       someone());
  }

  test::TemporaryFolder folder_;
  Repository repository_ = [this] {
    Repository::create(folder_ / "root");
    return Repository::open(folder_ / "root");
  }();
  std::unique_ptr<Catalogue> live_ = test::openCatalogue(folder_ / "live.sqlite");
  std::unique_ptr<Catalogue> rebuilt_ = test::openCatalogue(folder_ / "rebuilt.sqlite");
};

TEST_F(RebuildTest, EqualsTheCatalogueThatItReplaces) {
  import({test::registerRow(1), test::registerRow(2)});
  file(dossier(1), 1, {"giao đất", "trang hai"});
  file(dossier(2, false), 1, {"", ""});
  file(dossier(3), 1, {"chưa vào sổ", "dòng một\ndòng hai"});
  DossierRecord again = dossier(1);
  again.documents[0].title = "Quyết định thay thế";
  file(again, 2, {"thu hồi đất", ""});
  import({test::registerRow(1, "Phòng khác"), test::registerRow(4)});
  Outcome outcome;
  outcome.batch = outcome.folder = "x";
  live_->recordOutcome(outcome);

  const RebuildResult result = rebuildCatalogue(repository_, *rebuilt_);
  EXPECT_THAT(result.problems, IsEmpty());
  EXPECT_EQ(result.dossiers, 3);
  EXPECT_EQ(result.versions, 4);
  EXPECT_EQ(result.registerRows, 3);
  EXPECT_EQ(rebuilt_->dump(), live_->dump());
  EXPECT_EQ(rebuilt_->search("thu hồi", 5).size(), 1u);
  EXPECT_THAT(rebuilt_->search("\"trang hai\"", 5), IsEmpty());
}

TEST_F(RebuildTest, OfAnEmptyRepositoryIsEmpty) {
  const RebuildResult result = rebuildCatalogue(repository_, *rebuilt_);
  EXPECT_EQ(result.dossiers, 0);
  EXPECT_EQ(rebuilt_->dump(), live_->dump());
}

TEST_F(RebuildTest, GoesOnAfterAnObjectThatCannotBeRead) {
  for (int n = 1; n <= 4; ++n) file(dossier(n), 1, {"a", "b"});
  const auto object = [&](int n) { return "urn:sohoa:dossier:" + codeOf(n); };
  test::spill(*repository_.find(object(1), "metadata.json"), "{}");
  fs::remove(*repository_.find(object(2), "metadata.json"));
  test::spill(*repository_.find(object(3), "metadata.json"), toJson(dossier(4)));
  const RebuildResult result = rebuildCatalogue(repository_, *rebuilt_);
  EXPECT_EQ(result.problems.size(), 3u);
  EXPECT_EQ(result.dossiers, 1);
  EXPECT_TRUE(rebuilt_->filed(codeOf(4)));
  EXPECT_FALSE(rebuilt_->filed(codeOf(1)));
}

TEST_F(RebuildTest, GoesOnAfterAnObjectWithADamagedInventory) {
  for (int n = 1; n <= 3; ++n) file(dossier(n), 1, {"a", "b"});
  const fs::path inventory = repository_.root() /
                             repository_.objectPath("urn:sohoa:dossier:" + codeOf(2)) /
                             "inventory.json";
  test::spill(inventory, test::slurp(inventory) + " ");
  const RebuildResult result = rebuildCatalogue(repository_, *rebuilt_);
  EXPECT_EQ(result.problems.size(), 1u);
  EXPECT_EQ(result.dossiers, 2);
}

TEST(PageTexts, AreJoinedAndSplitWithoutLoss) {
  for (const std::vector<std::string>& pages :
       {std::vector<std::string>{"a", "b"}, {"", ""}, {"a"}, {""}, {}, {"", "a", ""}}) {
    EXPECT_EQ(splitPages(joinPages(pages), pages.size()), pages);
  }
  EXPECT_EQ(splitPages(joinPages({"a\fb", "c"}), 2), (std::vector<std::string>{"a\nb", "c"}));
}

}  // namespace
}  // namespace sohoa
