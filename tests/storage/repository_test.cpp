#include "storage/repository/repository.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/result.h"
#include "storage/ocfl/fixity_digest.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::content;
using test::slurp;
using test::someone;
using test::spill;
using testing::ElementsAre;
using testing::IsEmpty;

class RepositoryTest : public testing::Test {
 protected:
  RepositoryTest() { Repository::create(root_); }
  test::TemporaryFolder folder_;
  fs::path root_ = folder_ / "repository";
};

Cause causeOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const BatchError& error) {
    return error.cause();
  }
  ADD_FAILURE() << "no BatchError";
  return Cause::siteMissing;
}

TEST_F(RepositoryTest, IsAValidStorageRootFromTheFirstMoment) {
  EXPECT_THAT(Repository::open(root_).validateRoot(), IsEmpty());
  EXPECT_EQ(slurp(root_ / "0=ocfl_1.1"), "ocfl_1.1\n");
  EXPECT_TRUE(fs::exists(root_ / "extensions/0003-hash-and-id-n-tuple-storage-layout/config.json"));
}

TEST_F(RepositoryTest, IsNotMadeInAFolderWithFiles) {
  spill(folder_ / "other/file", "x");
  EXPECT_EQ(causeOf([&] { Repository::create(folder_ / "other"); }), Cause::repositoryForeign);
  EXPECT_EQ(slurp(folder_ / "other/file"), "x");
}

TEST_F(RepositoryTest, RefusesWhatIsNotOurs) {
  const auto refused = [&] {
    return causeOf([&] { Repository::open(root_); }) == Cause::repositoryForeign;
  };
  EXPECT_EQ(causeOf([&] { Repository::open(folder_ / "nothing"); }), Cause::repositoryForeign);
  spill(root_ / "0=ocfl_1.1", "ocfl_1.0\n");
  EXPECT_TRUE(refused());
  spill(root_ / "0=ocfl_1.1", "ocfl_1.1\n");
  spill(root_ / "ocfl_layout.json",
        R"({"extension": "0004-hashed-n-tuple-storage-layout", "description": ""})");
  EXPECT_TRUE(refused());
  spill(root_ / "ocfl_layout.json", "no JSON");
  EXPECT_TRUE(refused());
  fs::remove(root_ / "ocfl_layout.json");
  EXPECT_TRUE(refused());
}

TEST_F(RepositoryTest, RefusesOtherParametersOfTheLayout) {
  spill(root_ / "extensions/0003-hash-and-id-n-tuple-storage-layout/config.json",
        R"({"extensionName": "0003-hash-and-id-n-tuple-storage-layout", "tupleSize": 2})");
  EXPECT_EQ(causeOf([&] { Repository::open(root_); }), Cause::repositoryForeign);
}

TEST_F(RepositoryTest, GivesBackWhatWasCommittedInEveryVersion) {
  auto repository = Repository::open(root_);
  EXPECT_EQ(repository.commit("urn:a", 0, {content("a/x.txt", "one"), content("y", "two")},
                              someone("first")),
            1);
  EXPECT_EQ(repository.commit("urn:a", 1, {content("a/x.txt", "three")}, someone("second")), 2);
  EXPECT_EQ(repository.head("urn:a"), 2);
  EXPECT_EQ(slurp(repository.files("urn:a", 1).at("a/x.txt")), "one");
  EXPECT_EQ(slurp(repository.files("urn:a", 1).at("y")), "two");
  EXPECT_EQ(slurp(*repository.find("urn:a", "a/x.txt")), "three");
  EXPECT_EQ(repository.find("urn:a", "y"), std::nullopt);
  EXPECT_EQ(repository.files("urn:a").size(), 1u);
  EXPECT_EQ(repository.versionInfo("urn:a", 1)->message, "first");
  EXPECT_EQ(repository.versionInfo("urn:a")->message, "second");
  EXPECT_EQ(repository.versionInfo("urn:a")->created, test::at(0));
  EXPECT_THAT(repository.validateObject("urn:a"), IsEmpty());
}

TEST_F(RepositoryTest, KnowsNothingOfAnObjectThatIsNotThere) {
  auto repository = Repository::open(root_);
  EXPECT_EQ(repository.head("urn:none"), std::nullopt);
  EXPECT_THAT(repository.files("urn:none"), IsEmpty());
  repository.commit("urn:a", 0, {content("x", "1")}, someone());
  EXPECT_THAT(repository.files("urn:a", 2), IsEmpty());
  EXPECT_THAT(repository.files("urn:a", -1), IsEmpty());
}

TEST_F(RepositoryTest, ListsObjectsByPath) {
  auto repository = Repository::open(root_);
  std::vector<std::string> ids = {"urn:a", "urn:b", "object-01", "..hor/rib:le-$id"};
  for (const auto& id : ids) repository.commit(id, 0, {content("x", id)}, someone());
  std::sort(ids.begin(), ids.end(), [&](const auto& a, const auto& b) {
    return repository.objectPath(a) < repository.objectPath(b);
  });
  std::vector<std::string> seen;
  repository.forEach([&](const std::string& id) { seen.push_back(id); });
  EXPECT_EQ(seen, ids);
  EXPECT_THAT(repository.validateRoot(), IsEmpty());
}

TEST_F(RepositoryTest, SaysThatADamagedObjectIsDamaged) {
  auto repository = Repository::open(root_);
  repository.commit("urn:a", 0, {content("x", "1")}, someone());
  const fs::path inventory = root_ / repository.objectPath("urn:a") / "inventory.json";
  const std::string bytes = slurp(inventory);
  spill(inventory, bytes + " ");
  EXPECT_EQ(causeOf([&] { repository.head("urn:a"); }), Cause::repositoryDamaged);
  spill(inventory, "{");
  EXPECT_EQ(causeOf([&] { repository.files("urn:a"); }), Cause::repositoryDamaged);
  fs::remove(inventory);
  EXPECT_EQ(causeOf([&] { repository.head("urn:a"); }), Cause::repositoryDamaged);
  spill(inventory, bytes);
  EXPECT_EQ(repository.head("urn:a"), 1);
}

TEST_F(RepositoryTest, NeverFollowsAPathOutOfAnObject) {
  auto repository = Repository::open(root_);
  repository.commit("urn:a", 0, {content("x", "1")}, someone());
  const fs::path object = root_ / repository.objectPath("urn:a");
  std::string bytes = slurp(object / "inventory.json");
  bytes.replace(bytes.find("v1/content/x"), 12, "../../../../x");
  spill(object / "inventory.json", bytes);
  spill(object / "inventory.json.sha512", sha512(bytes).hex() + "  inventory.json\n");
  EXPECT_EQ(causeOf([&] { repository.find("urn:a", "x"); }), Cause::repositoryDamaged);
}

TEST_F(RepositoryTest, FindsChangedContentWhenValidating) {
  auto repository = Repository::open(root_);
  repository.commit("urn:a", 0, {content("x", "1")}, someone());
  spill(*repository.find("urn:a", "x"), "2");
  EXPECT_THAT(test::codesOf(repository.validateObject("urn:a")), ElementsAre("E092"));
}

TEST_F(RepositoryTest, KnowsAnInventoryThatIsAnotherObjects) {
  auto repository = Repository::open(root_);
  repository.commit("urn:a", 0, {content("x", "a's")}, someone());
  repository.commit("urn:b", 0, {content("x", "b's")}, someone());
  const fs::path a = root_ / repository.objectPath("urn:a"),
                 b = root_ / repository.objectPath("urn:b");
  fs::remove_all(b);
  fs::copy(a, b, fs::copy_options::recursive);
  EXPECT_EQ(causeOf([&] { repository.files("urn:b"); }), Cause::repositoryDamaged);
  EXPECT_EQ(causeOf([&] { repository.commit("urn:b", 1, {content("x", "2")}, someone()); }),
            Cause::repositoryDamaged);
  EXPECT_EQ(repository.head("urn:a"), 1) << "nothing was added to it";
  std::vector<std::string> ids, damaged;
  repository.forEach(
      [&](const std::string& id) { ids.push_back(id); },
      [&](const fs::path& object, const std::string&) { damaged.push_back(object); });
  EXPECT_THAT(ids, ElementsAre("urn:a"));
  EXPECT_THAT(damaged, ElementsAre(b.string()));
}

TEST_F(RepositoryTest, AddsNothingToAnObjectOfAnotherWriter) {
  auto repository = Repository::open(root_);
  repository.commit("urn:a", 0, {content("x", "1")}, someone());
  const fs::path object = root_ / repository.objectPath("urn:a");
  nlohmann::json inventory = nlohmann::json::parse(slurp(object / "inventory.json"));
  const std::string digest = FixityDigest::ofBytes("1", "sha256");
  inventory["digestAlgorithm"] = "sha256";
  inventory["manifest"] = {{digest, {"v1/content/x"}}};
  inventory["versions"]["v1"]["state"] = {{digest, {"x"}}};
  for (const char* place : {"", "v1"}) {
    spill(object / place / "inventory.json", inventory.dump());
    fs::remove(object / place / "inventory.json.sha512");
    spill(object / place / "inventory.json.sha256",
          FixityDigest::ofBytes(inventory.dump(), "sha256") + " inventory.json\n");
  }
  ASSERT_THAT(test::errorsOf(repository.validateObject("urn:a")), IsEmpty()) << "it is good OCFL";
  const std::string before = slurp(object / "inventory.json");
  EXPECT_EQ(causeOf([&] { repository.commit("urn:a", 1, {content("x", "2")}, someone()); }),
            Cause::repositoryDamaged);
  EXPECT_EQ(slurp(object / "inventory.json"), before);
  EXPECT_FALSE(fs::exists(object / "v2"));
}

TEST_F(RepositoryTest, FindsTwoFilesThatWereSwapped) {
  auto repository = Repository::open(root_);
  repository.commit("urn:a", 0, {content("x", "one"), content("y", "two")}, someone());
  const fs::path x = *repository.find("urn:a", "x"), y = *repository.find("urn:a", "y");
  fs::rename(x, folder_ / "z");
  fs::rename(y, x);
  fs::rename(folder_ / "z", y);
  EXPECT_EQ(repository.validateObject("urn:a").size(), 2u);
}

TEST_F(RepositoryTest, ThatWasMadeByHalfIsNotOpened) {
  const fs::path half = folder_ / "half";
  // As create() leaves it when it is killed: the declaration comes last.
  fs::copy(root_, half, fs::copy_options::recursive);
  fs::remove(half / "0=ocfl_1.1");
  EXPECT_EQ(causeOf([&] { Repository::open(half); }), Cause::repositoryForeign);
  spill(half / "0=ocfl_1.1", "");
  EXPECT_EQ(causeOf([&] { Repository::open(half); }), Cause::repositoryForeign);
}

TEST_F(RepositoryTest, OpensOnReadOnlyMedia) {
  Repository::open(root_).commit("urn:a", 0, {content("x", "1")}, someone());
  for (const auto& entry : fs::recursive_directory_iterator(root_)) {
    fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::remove);
  }
  EXPECT_EQ(Repository::open(root_).head("urn:a"), 1);
  for (const auto& entry : fs::recursive_directory_iterator(root_)) {
    fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::add);
  }
}

}  // namespace
}  // namespace sohoa
