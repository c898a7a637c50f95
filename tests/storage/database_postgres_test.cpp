#include <gtest/gtest.h>

#include "core/result.h"
#include "storage/catalogue/schema.h"
#include "tests/storage/engine.h"
#include "tests/storage/sample.h"

namespace sohoa {
namespace {

/// What only PostgreSQL can do wrong. These run in the entry "storage.on_postgres" alone.
class Postgres : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::onPostgres()) GTEST_SKIP() << "runs with SOHOA_TEST_ENGINE=postgres only";
    address_ = test::postgresServer().database("postgres_test_" + std::to_string(++count_));
  }
  static std::string refusal(const std::function<void()>& work) {
    try {
      work();
    } catch (const BatchError& error) {
      EXPECT_EQ(error.cause(), Cause::catalogueUnusable);
      return error.detail();
    }
    ADD_FAILURE() << "not refused";
    return {};
  }
  std::string address_;
  static inline int count_ = 0;
};

TEST_F(Postgres, RefusesTheTablesOfAnotherProgramAndLeavesThemAlone) {
  const auto database = openPostgres(address_);
  database->execute("CREATE SCHEMA sohoa; CREATE TABLE theirs (x INTEGER)");
  EXPECT_NE(refusal([&] { openPostgresCatalogue(address_); }).find("another program"),
            std::string::npos);
  EXPECT_EQ(database->integer("SELECT count(*) FROM information_schema.tables WHERE table_schema "
                              "= current_schema()"),
            1);
}

TEST_F(Postgres, RefusesANewerSchema) {
  openPostgresCatalogue(address_);
  openPostgres(address_)->execute("UPDATE sohoa_schema SET version = 99");
  EXPECT_NE(refusal([&] { openPostgresCatalogue(address_); }).find("newer"), std::string::npos);
}

TEST_F(Postgres, SaysWhenNobodyIsThereAndNeverThePassword) {
  const std::string why = refusal([] {
    openPostgresCatalogue("postgresql://sohoa:verysecret@127.0.0.1:1/none?connect_timeout=2");
  });
  EXPECT_NE(why.find("127.0.0.1"), std::string::npos) << why;
  EXPECT_EQ(why.find("verysecret"), std::string::npos) << why;
}

TEST_F(Postgres, LosesNothingHalfDoneWithItsConnection) {
  const auto catalogue = openPostgresCatalogue(address_);
  catalogue->importRegister({test::registerRow(1)});
  int given = 0;
  const auto cutInTheMiddle = [&]() -> std::optional<RegisterRow> {
    if (++given == 700) test::postgresServer().cutConnections();
    if (given > 1200) return std::nullopt;
    return test::registerRow(given + 10);
  };
  EXPECT_FALSE(refusal([&] { catalogue->importRegister(cutInTheMiddle); }).empty());
  const auto again = openPostgresCatalogue(address_);
  EXPECT_EQ(again->registerSize(), 1);
  EXPECT_TRUE(again->registered(test::codeOf(1)));
}

TEST_F(Postgres, KeepsTextThatItsEncodingDoesNotKnow) {
  const auto catalogue = openPostgresCatalogue(address_);
  const DossierRecord record = test::dossier(1);
  catalogue->recordFiled(record, 1,
                         test::textsOf(record, {std::string("giao \xff đất\0 ở", 17), ""}));
  EXPECT_EQ(catalogue->search("giao dat", 10).size(), 1u);
}

/// Pages are asked for in blocks by their numbers, the newest first.
TEST_F(Postgres, FindsWordsRareAndCommonWhereverTheirPagesStand) {
  const auto catalogue = openPostgresCatalogue(address_);
  const auto database = openPostgres(address_);
  int n = 0;
  for (const int first : {1, 4090, 65'530, 200'000, 1'100'000}) {
    database->execute("SELECT setval('page_id_seq', " + std::to_string(first) + ")");
    for (int i = 0; i < 12; ++i) {
      const DossierRecord record = test::dossier(++n);
      const std::string own = "riêng" + std::to_string(n);
      catalogue->recordFiled(record, 1, test::textsOf(record, {"chung " + own, "cuối " + own}));
    }
  }
  EXPECT_EQ(catalogue->search("chung", 100).size(), 60u);
  EXPECT_EQ(catalogue->search("chu*", 100).size(), 60u);
  for (int one = 1; one <= n; ++one) {
    EXPECT_EQ(catalogue->search("cuoi rieng" + std::to_string(one), 10).size(), 1u) << one;
  }
}

}  // namespace
}  // namespace sohoa
