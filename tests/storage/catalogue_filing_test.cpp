#include <gtest/gtest.h>

#include "storage/catalogue/catalogue.h"
#include "tests/storage/engine.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

using test::codeOf;
using test::dossier;
using test::textsOf;

class CatalogueFiling : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
  std::unique_ptr<Catalogue> catalogue_ = test::openCatalogue(folder_ / "catalogue.sqlite");
};

TEST_F(CatalogueFiling, GivesBackTheWholeRecord) {
  EXPECT_FALSE(catalogue_->filed(codeOf(1)));
  catalogue_->recordFiled(dossier(1), 1, {});
  const auto filed = catalogue_->filed(codeOf(1));
  ASSERT_TRUE(filed);
  EXPECT_EQ(filed->version, 1);
  EXPECT_EQ(toJson(filed->record), toJson(dossier(1)));
}

TEST_F(CatalogueFiling, ChangesNothingWhenDoneAgain) {
  const auto texts = textsOf(dossier(1), {"giao đất", "cho thuê đất"});
  catalogue_->recordFiled(dossier(1), 1, texts);
  catalogue_->recordFiled(dossier(2), 1, {});
  const std::string before = catalogue_->dump();
  catalogue_->recordFiled(dossier(1), 1, texts);
  EXPECT_EQ(catalogue_->dump(), before);
  EXPECT_EQ(catalogue_->search("thuê", 10).size(), 1u);
}

TEST_F(CatalogueFiling, ForgetsTheWordsOfAnEarlierVersion) {
  catalogue_->recordFiled(dossier(1), 1, textsOf(dossier(1), {"rừng", "núi"}));
  DossierRecord second = dossier(1);
  second.documents[0].title = "Giấy chứng nhận";
  second.documents[0].pages.pop_back();
  catalogue_->recordFiled(second, 2, textsOf(second, {"biển"}));
  EXPECT_EQ(catalogue_->filed(codeOf(1))->version, 2);
  EXPECT_TRUE(catalogue_->search("rừng", 10).empty());
  EXPECT_TRUE(catalogue_->search("quyết định", 10).empty());
  EXPECT_EQ(catalogue_->search("biển", 10).size(), 1u);
  EXPECT_EQ(catalogue_->search("chứng nhận", 10).size(), 1u);
}

TEST_F(CatalogueFiling, AddsAnOlderVersionToTheHistoryOnly) {
  const DossierRecord first = dossier(1, false);
  catalogue_->recordFiled(dossier(1), 2, textsOf(dossier(1), {"biển"}));
  catalogue_->recordFiled(first, 1, textsOf(first, {"rừng"}));
  EXPECT_EQ(catalogue_->filed(codeOf(1))->version, 2);
  EXPECT_TRUE(catalogue_->filed(codeOf(1))->record.counted);
  EXPECT_TRUE(catalogue_->search("rừng", 10).empty());
  const auto other = test::openCatalogue(folder_ / "other.sqlite");
  other->recordFiled(first, 1, textsOf(first, {"rừng"}));
  other->recordFiled(dossier(1), 2, textsOf(dossier(1), {"biển"}));
  EXPECT_EQ(catalogue_->dump(), other->dump()) << "the order of recording does not show";
}

TEST_F(CatalogueFiling, IsTheSameWhicheverComesFirstRegisterOrFiling) {
  catalogue_->importRegister({test::registerRow(1)});
  catalogue_->recordFiled(dossier(1), 1, {});
  const auto other = test::openCatalogue(folder_ / "other.sqlite");
  other->recordFiled(dossier(1), 1, {});
  other->importRegister({test::registerRow(1)});
  EXPECT_EQ(catalogue_->dump(), other->dump());
}

TEST_F(CatalogueFiling, ShowsEveryDifferenceInTheDump) {
  const auto texts = textsOf(dossier(1), {"giao đất", "thuê"});
  catalogue_->recordFiled(dossier(1), 1, texts);
  const std::string dump = catalogue_->dump();
  const auto differs = [&](const DossierRecord& record, int version,
                           const std::vector<Catalogue::DocumentText>& pages) {
    static int n = 0;
    const auto other = test::openCatalogue(folder_ / ("other" + std::to_string(++n)));
    other->recordFiled(record, version, pages);
    return other->dump() != dump;
  };
  EXPECT_FALSE(differs(dossier(1), 1, texts));
  EXPECT_TRUE(differs(dossier(1), 2, texts));
  EXPECT_TRUE(differs(dossier(1, false), 1, texts));
  EXPECT_TRUE(differs(dossier(1), 1, textsOf(dossier(1), {"giao dất", "thuê"})));
  EXPECT_TRUE(differs(dossier(1), 1, {}));
}

}  // namespace
}  // namespace sohoa
