#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/repository/repository.h"
#include "storage/validator/validator.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::codesOf;
using test::content;
using test::someone;
using test::spill;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class DamagedRoot : public testing::Test {
 protected:
  DamagedRoot() {
    Repository::create(root_);
    auto repository = Repository::open(root_);
    repository.commit("urn:a", 0, {content("x", "1")}, someone());
    object_ = root_ / repository.objectPath("urn:a");
  }
  std::vector<std::string> codes() { return codesOf(validateOcflRoot(root_)); }

  test::TemporaryFolder folder_;
  fs::path root_ = folder_ / "repository", object_;
};

TEST_F(DamagedRoot, IsValidBeforeItIsDamaged) { EXPECT_THAT(codes(), IsEmpty()); }

TEST_F(DamagedRoot, MayHoldOtherFiles) {
  spill(root_ / "ocfl_1.1.md", "the specification");
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(DamagedRoot, HasOneRightDeclaration) {
  const fs::path right = root_ / "0=ocfl_1.1";
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"1=ocfl_1.1", "E078"}, {"0=oclf_1.1", "E079"}, {"0=ocfl_x", "E077"}, {"0=ocfl_x", "E075"}};
  for (const auto& [name, code] : wrong) {
    fs::rename(right, root_ / name);
    EXPECT_THAT(codes(), Contains(code)) << name;
    EXPECT_THAT(codes(), Contains("E069")) << name;
    fs::rename(root_ / name, right);
  }
  spill(root_ / "0=ocfl_1.0", "ocfl_1.0\n");
  EXPECT_THAT(codes(), Contains("E076"));
  fs::remove(root_ / "0=ocfl_1.0");
  spill(right, "ocfl_1.1");
  EXPECT_THAT(codes(), ElementsAre("E080"));
}

TEST_F(DamagedRoot, HasALayoutThatSaysWhatItMust) {
  for (const char* bytes :
       {"x", "[]", "{}", R"({"extension": "0002-flat-direct-storage-layout"})"}) {
    spill(root_ / "ocfl_layout.json", bytes);
    EXPECT_THAT(codes(), Contains("E070")) << bytes;
  }
  spill(root_ / "ocfl_layout.json", R"({"extension": "mine", "description": ""})");
  EXPECT_THAT(codes(), ElementsAre("E071"));
}

TEST_F(DamagedRoot, HasOnlyObjectsInItsHierarchy) {
  spill(object_.parent_path() / "note.txt", "x");
  EXPECT_THAT(codes(), ElementsAre("E072", "E084"));
}

TEST_F(DamagedRoot, HasNoEmptyFolders) {
  fs::create_directories(root_ / "abc/def");
  EXPECT_THAT(codes(), ElementsAre("E073", "E088"));
}

TEST_F(DamagedRoot, EndsEveryPathInAnObject) {
  spill(root_ / "abc/def/file", "x");
  EXPECT_THAT(codes(), ElementsAre("E072", "E084", "E085", "E088"));
}

TEST_F(DamagedRoot, HasNoLinks) {
  fs::create_directory_symlink(object_, root_ / "link");
  EXPECT_THAT(codes(), ElementsAre("E090"));
}

TEST_F(DamagedRoot, HasNoObjectInAnObject) {
  fs::copy(object_, folder_ / "copy", fs::copy_options::recursive);
  fs::rename(folder_ / "copy", object_ / "inner");
  EXPECT_THAT(codes(), ElementsAre("E082"));
}

TEST_F(DamagedRoot, HasNoObjectOfALaterSpecification) {
  fs::rename(object_ / "0=ocfl_object_1.1", object_ / "0=ocfl_object_2.0");
  EXPECT_THAT(codes(), ElementsAre("E081"));
}

TEST_F(DamagedRoot, HasEveryObjectWhereTheLayoutPutsIt) {
  fs::rename(object_, object_.parent_path() / "moved");
  EXPECT_THAT(codes(), ElementsAre("E083"));
}

TEST_F(DamagedRoot, HasOnlyFoldersInItsExtensions) {
  spill(root_ / "extensions/file", "x");
  EXPECT_THAT(codes(), ElementsAre("E112"));
}

TEST_F(DamagedRoot, WarnsOfExtensionsThatNobodyRegistered) {
  spill(root_ / "extensions/mine/config.json", "{}");
  EXPECT_THAT(codes(), ElementsAre("W016"));
}

TEST_F(DamagedRoot, WarnsOfMixedHierarchies) {
  fs::remove(root_ / "ocfl_layout.json");
  fs::copy(object_, root_ / "top", fs::copy_options::recursive);
  EXPECT_THAT(codes(), ElementsAre("E037", "W014", "W015"));
}

TEST(ValidateRoot, SaysThatAnEmptyFolderIsNoRoot) {
  test::TemporaryFolder folder;
  EXPECT_THAT(codesOf(validateOcflRoot(folder.path())), ElementsAre("E069"));
  EXPECT_THAT(codesOf(validateOcflRoot(folder / "missing")), ElementsAre("E069"));
}

}  // namespace
}  // namespace sohoa
