#include "storage/catalogue/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/result.h"
#include "tests/storage/engine.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

class CatalogueTest : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
  fs::path file_ = folder_ / "catalogue.sqlite";
};

Outcome outcome(const std::string& batch, const std::string& folder, Outcome::Kind kind,
                int second) {
  Outcome o;
  o.batch = batch;
  o.folder = folder;
  o.code = folder;
  o.kind = kind;
  o.cause = kind == Outcome::Kind::filed ? "" : "page.doubtful";
  o.detail = "001.jpg";
  o.pages = 2;
  o.at = test::at(second);
  return o;
}

TEST_F(CatalogueTest, KnowsTheNewestOutcomeOfEveryFolder) {
  const auto catalogue = test::openCatalogue(file_);
  catalogue->recordOutcome(outcome("b1", "x", Outcome::Kind::held, 1));
  catalogue->recordOutcome(outcome("b1", "y", Outcome::Kind::quarantined, 2));
  catalogue->recordOutcome(outcome("b1", "x", Outcome::Kind::filed, 3));
  catalogue->recordOutcome(outcome("b2", "x", Outcome::Kind::held, 4));
  const auto first = catalogue->outcomes("b1");
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0].folder, "x");
  EXPECT_EQ(first[0].kind, Outcome::Kind::filed);
  EXPECT_EQ(first[0].at, test::at(3));
  EXPECT_EQ(first[1].kind, Outcome::Kind::quarantined);
  EXPECT_EQ(first[1].cause, "page.doubtful");
  EXPECT_EQ(first[1].pages, 2);
  EXPECT_EQ(catalogue->outcomes().size(), 3u);
  EXPECT_THAT(catalogue->outcomes("b3"), IsEmpty());
}

TEST_F(CatalogueTest, KeepsWhatItCommittedWhenTheProcessIsKilled) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      const auto catalogue = test::openCatalogue(file_);
      catalogue->importRegister({test::registerRow(1)});
      catalogue->recordFiled(test::dossier(1), 1, {});
      const char byte = 1;
      if (::write(ready[1], &byte, 1) == 1) ::pause();
    } catch (...) {  // must not go on with the other tests
    }
    ::_exit(1);
  }
  ::close(ready[1]);
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ready[0]);
  if (!test::onPostgres()) {
    ASSERT_TRUE(fs::exists(file_.string() + "-wal")) << "the log is what this test is about";
    EXPECT_GT(fs::file_size(file_.string() + "-wal"), 0u);
  }
  const auto catalogue = test::openCatalogue(file_);
  EXPECT_EQ(catalogue->registerSize(), 1);
  EXPECT_TRUE(catalogue->filed(test::codeOf(1)));
}

TEST_F(CatalogueTest, LetsAnotherConnectionReadWhileOneWrites) {
  const auto writer = test::openCatalogue(file_), reader = test::openCatalogue(file_);
  writer->importRegister({test::registerRow(1)});
  EXPECT_EQ(reader->registerSize(), 1);
  reader->importRegister({test::registerRow(2)});
  EXPECT_EQ(writer->registerSize(), 2);
}

TEST_F(CatalogueTest, IsOpenedTwiceAtOnceWhenNew) {
  test::openDatabase(file_);  // without tables
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    children.push_back(::fork());
    if (children.back() != 0) continue;
    try {
      test::openCatalogue(file_)->importRegister({test::registerRow(i)});
      ::_exit(0);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
      ::_exit(1);
    }
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(test::openCatalogue(file_)->registerSize(), 4);
}

}  // namespace
}  // namespace sohoa
