#include "storage/repository/transaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/result.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::content;
using test::someone;
using testing::IsEmpty;

TEST(Transaction, LetsWritersOfOneObjectTakeTurns) {
  test::TemporaryFolder folder;
  const fs::path root = folder / "repository";
  Repository::create(root);
  constexpr int kWriters = 4, kVersions = 5;
  std::vector<pid_t> children;
  for (int writer = 0; writer < kWriters; ++writer) {
    children.push_back(::fork());
    if (children.back() != 0) continue;
    auto repository = Repository::open(root);
    for (int done = 0; done < kVersions;) {
      try {
        const int head = repository.head("urn:a").value_or(0);
        const std::string bytes = std::to_string(writer) + "/" + std::to_string(done);
        repository.commit("urn:a", head, {content("x", bytes)}, someone());
        ++done;
      } catch (const BatchError& error) {
        // Another writer was faster: that is the one reason to fail.
        if (error.detail().find("was expected") == std::string::npos) ::_exit(1);
      }
    }
    ::_exit(0);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  auto repository = Repository::open(root);
  EXPECT_EQ(repository.head("urn:a"), kWriters * kVersions);
  EXPECT_THAT(repository.validateObject("urn:a"), IsEmpty());
  EXPECT_THAT(repository.validateRoot(), IsEmpty());
}

TEST(Transaction, LetsWritersOfManyObjectsWorkAtOnce) {
  test::TemporaryFolder folder;
  const fs::path root = folder / "repository";
  Repository::create(root);
  constexpr int kWriters = 4, kObjects = 25;
  std::vector<pid_t> children;
  for (int writer = 0; writer < kWriters; ++writer) {
    children.push_back(::fork());
    if (children.back() != 0) continue;
    for (int i = 0; i < kObjects; ++i) {
      const std::string id = "urn:" + std::to_string(writer) + ":" + std::to_string(i);
      // Opening looks after what crashes left, and must keep its hands off the living.
      Repository::open(root).commit(id, 0, {content("x", id)}, someone());
    }
    ::_exit(0);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  int objects = 0;
  auto repository = Repository::open(root);
  repository.forEach([&](const std::string& id) {
    ++objects;
    EXPECT_THAT(repository.validateObject(id), IsEmpty());
  });
  EXPECT_EQ(objects, kWriters * kObjects);
  EXPECT_THAT(repository.validateRoot(), IsEmpty());
}

TEST(Transaction, LeavesALivingWritersWorkAlone) {
  test::TemporaryFolder folder;
  const fs::path root = folder / "repository";
  Repository::create(root);
  const Disk disk;
  Transaction living(root, "urn:a", disk);
  disk.write(living.folder() / "half", "x");
  const pid_t child = ::fork();
  if (child == 0) {
    Repository::open(root);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(fs::exists(living.folder() / "half"));
}

TEST(Transaction, RemovesWorkThatSaysNothing) {
  test::TemporaryFolder folder;
  const fs::path root = folder / "repository";
  Repository::create(root);
  test::spill(workArea(root) / "urn%3aa/v3/content/x", "x");
  test::spill(workArea(root) / "urn%3ab/transaction.json", "{\"object\": \"ur");
  Repository::open(root);
  EXPECT_FALSE(fs::exists(workArea(root)));
}

}  // namespace
}  // namespace sohoa
