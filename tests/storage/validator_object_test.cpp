#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "storage/ocfl/fixity_digest.h"
#include "storage/repository/repository.h"
#include "storage/validator/validator.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::codesOf;
using test::content;
using test::errorsOf;
using test::slurp;
using test::someone;
using test::spill;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

/// The codes that a fixture's name begins with: E049_E050_E054_bad_… -> three codes.
std::vector<std::string> codesInName(const std::string& name) {
  std::vector<std::string> codes;
  std::istringstream parts(name);
  for (std::string part; std::getline(parts, part, '_');) {
    const bool isCode = part.size() == 4 && (part[0] == 'E' || part[0] == 'W');
    if (!isCode || part.find_first_not_of("0123456789", 1) != std::string::npos) break;
    codes.push_back(part);
  }
  return codes;
}

std::vector<fs::path> objectsIn(const fs::path& folder) {
  std::vector<fs::path> objects;
  for (const auto& entry : fs::directory_iterator(folder)) objects.push_back(entry.path());
  std::sort(objects.begin(), objects.end());
  return objects;
}

TEST(ValidateObject, RejectsEveryBadFixtureWithItsCodes) {
  const auto folder = test::fixture("ocfl-1.1/bad-objects");
  if (!folder) GTEST_SKIP() << test::noFixture("ocfl-1.1/bad-objects");
  int count = 0;
  for (const fs::path& object : objectsIn(*folder)) {
    const auto findings = validateOcflObject(object);
    for (const std::string& code : codesInName(object.filename())) {
      EXPECT_THAT(codesOf(findings), Contains(code)) << object.filename();
    }
    EXPECT_THAT(errorsOf(findings), Not(IsEmpty())) << object.filename();
    ++count;
  }
  EXPECT_EQ(count, 55);
}

TEST(ValidateObject, AcceptsEveryGoodFixtureWithoutAWord) {
  const auto folder = test::fixture("ocfl-1.1/good-objects");
  if (!folder) GTEST_SKIP() << test::noFixture("ocfl-1.1/good-objects");
  int count = 0;
  for (const fs::path& object : objectsIn(*folder)) {
    EXPECT_THAT(codesOf(validateOcflObject(object)), IsEmpty()) << object.filename();
    ++count;
  }
  EXPECT_EQ(count, 12);
}

TEST(ValidateObject, WarnsOfEveryWarnFixtureWithJustItsCodes) {
  const auto folder = test::fixture("ocfl-1.1/warn-objects");
  if (!folder) GTEST_SKIP() << test::noFixture("ocfl-1.1/warn-objects");
  int count = 0;
  for (const fs::path& object : objectsIn(*folder)) {
    EXPECT_EQ(codesOf(validateOcflObject(object)), codesInName(object.filename()))
        << object.filename();
    ++count;
  }
  EXPECT_EQ(count, 13);
}

/// A valid object of two versions to damage.
class DamagedObject : public testing::Test {
 protected:
  DamagedObject() {
    const fs::path root = folder_ / "repository";
    Repository::create(root);
    auto repository = Repository::open(root);
    repository.commit("urn:a", 0, {content("a/x", "one"), content("y", "two")}, someone());
    repository.commit("urn:a", 1, {content("a/x", "three"), content("y", "two")}, someone());
    object_ = root / repository.objectPath("urn:a");
  }

  void write(const fs::path& folder, const std::string& bytes, const std::string& algorithm) {
    spill(folder / "inventory.json", bytes);
    for (const char* old : {"sha512", "sha256"})
      fs::remove(folder / ("inventory.json." + std::string(old)));
    spill(folder / ("inventory.json." + algorithm),
          FixityDigest::ofBytes(bytes, algorithm) + "  inventory.json\n");
  }

  /// Changes the current inventory, root and v2, with right sidecars.
  void change(const std::function<void(json&)>& edit) {
    json inventory = json::parse(slurp(object_ / "inventory.json"));
    edit(inventory);
    changeText(inventory.dump());
  }
  void changeText(const std::string& bytes) {
    write(object_, bytes, "sha512");
    write(object_ / "v2", bytes, "sha512");
  }
  /// Changes the inventory of version 1.
  void changeFirst(const std::function<void(json&)>& edit) {
    json inventory = json::parse(slurp(object_ / "v1/inventory.json"));
    edit(inventory);
    write(object_ / "v1", inventory.dump(), "sha512");
  }

  std::vector<std::string> codes() { return codesOf(validateOcflObject(object_)); }

  test::TemporaryFolder folder_;
  fs::path object_;
};

TEST_F(DamagedObject, IsValidBeforeItIsDamaged) {
  EXPECT_THAT(codes(), IsEmpty());
  change([](json&) {});
  EXPECT_THAT(codes(), IsEmpty()) << "the change as such is not what the other tests find";
}

TEST_F(DamagedObject, HasOneRightDeclaration) {
  const fs::path right = object_ / "0=ocfl_object_1.1";
  const std::vector<std::pair<std::string, std::string>> wrong = {{"1=ocfl_object_1.1", "E005"},
                                                                  {"0=ocfl_1.1", "E006"},
                                                                  {"0=ocfl_object_x", "E004"},
                                                                  {"0=ocfl_object_1.1.1", "E002"}};
  for (const auto& [name, code] : wrong) {
    fs::rename(right, object_ / name);
    EXPECT_THAT(codes(), Contains(code)) << name;
    EXPECT_THAT(codes(), Contains("E003")) << name;
    fs::rename(object_ / name, right);
  }
  spill(object_ / "0=ocfl_object_1.0", "ocfl_object_1.0\n");
  EXPECT_THAT(codes(), Contains("E003"));
}

TEST_F(DamagedObject, HasPlainVersionFolders) {
  fs::create_directory(object_ / "v0");
  EXPECT_THAT(codes(), Contains("E105"));
  fs::remove(object_ / "v0");
  fs::create_directory(object_ / "3");
  EXPECT_THAT(codes(), Contains("E104"));
  fs::remove(object_ / "3");
  fs::copy(object_ / "v2", object_ / "v03", fs::copy_options::recursive);
  EXPECT_THAT(codes(), Contains("E012"));
  fs::remove_all(object_ / "v03");
  fs::remove_all(object_ / "v1");
  EXPECT_THAT(codes(), Contains("E009"));
}

TEST_F(DamagedObject, HasNoLinks) {
  fs::create_symlink("y", object_ / "v1/content/link");
  EXPECT_THAT(codes(), Contains("E090"));
  fs::remove(object_ / "v1/content/link");
  fs::create_hard_link(object_ / "v1/content/y", folder_ / "elsewhere");
  EXPECT_THAT(codes(), testing::ElementsAre("E090"));
}

TEST_F(DamagedObject, HasNoEmptyFolders) {
  fs::create_directories(object_ / "v1/content/empty/er");
  EXPECT_THAT(codes(), testing::ElementsAre("E024"));
}

TEST_F(DamagedObject, HasContentWhereItIsNamed) {
  fs::remove_all(object_ / "v2/content");
  EXPECT_THAT(codes(), testing::ElementsAre("E016", "E092"));
}

TEST_F(DamagedObject, HasAnInventoryUnderItsRightName) {
  fs::rename(object_ / "inventory.json", object_ / "Inventory.json");
  EXPECT_THAT(codes(), Contains("E034"));
  EXPECT_THAT(codes(), Contains("E063"));
}

TEST_F(DamagedObject, HasASidecarOfItsAlgorithm) {
  fs::rename(object_ / "inventory.json.sha512", object_ / "inventory.json.sha256");
  EXPECT_THAT(codes(), Contains("E059"));
}

TEST_F(DamagedObject, HasNoFilesInVersionFolders) {
  spill(object_ / "v1/note.txt", "x");
  EXPECT_THAT(codes(), testing::ElementsAre("E015"));
}

TEST_F(DamagedObject, WarnsOfAnEmptyContentFolder) {
  const fs::path root = folder_ / "repository";
  auto repository = Repository::open(root);
  repository.commit("urn:a", 2, {content("y", "two")}, someone());
  fs::create_directory(object_ / "v3/content");
  EXPECT_THAT(codes(), testing::ElementsAre("W003"));
}

struct Edit {
  const char* code;
  std::function<void(json&)> edit;
};

TEST_F(DamagedObject, HasAnInventoryThatKeepsTheRules) {
  const std::string good = slurp(object_ / "inventory.json");
  const std::string two = sha512("two").hex();
  const std::vector<Edit> edits = {
      {"E014", [&](json& i) { i["manifest"][two] = {"v7/content/y"}; }},
      {"E018", [](json& i) { i["contentDirectory"] = ".."; }},
      {"E019", [](json& i) { i["contentDirectory"] = "stuff"; }},
      {"E031", [](json& i) { i["manifest"]["zz"] = {"v1/content/q"}; }},
      {"E029", [](json& i) { i["fixity"]["sha1"]["zz"] = {"v1/content/y"}; }},
      {"E030", [](json& i) { i["fixity"]["sha256"]["zz"] = {"v1/content/y"}; }},
      {"E032", [](json& i) { i["fixity"]["blake2b-512"]["zz"] = {"v1/content/y"}; }},
      {"E035", [](json& i) { i["manifest"]["aa"] = {"v1\\content\\y"}; }},
      {"E036", [](json& i) { i.erase("type"); }},
      {"E036", [](json& i) { i.erase("digestAlgorithm"); }},
      {"E037", [](json& i) { i["id"] = ""; }},
      {"E037", [](json& i) { i["id"] = 7; }},
      {"E038", [](json& i) { i["type"] = "https://ocfl.io/1.0/spec/#inventory"; }},
      {"E039", [](json& i) { i["manifest"][std::string(64, 'a')] = {"v1/content/q"}; }},
      {"E042", [&](json& i) { i["manifest"][two] = {"content/y"}; }},
      {"E043", [](json& i) { i.erase("versions"); }},
      {"E044", [](json& i) { i["versions"] = "v1"; }},
      {"E045", [](json& i) { i["versions"] = json::array(); }},
      {"E047", [](json& i) { i["versions"]["v1"] = "v1"; }},
      {"E048", [](json& i) { i["versions"]["v1"].erase("created"); }},
      {"E048", [](json& i) { i["versions"]["v1"].erase("state"); }},
      {"E049", [](json& i) { i["versions"]["v1"]["created"] = "2021-02-30T01:02:03Z"; }},
      {"E051", [&](json& i) { i["versions"]["v1"]["state"][two] = "y"; }},
      {"E051", [&](json& i) { i["versions"]["v1"]["state"][two] = {7}; }},
      {"E054", [](json& i) { i["versions"]["v1"]["user"].erase("name"); }},
      {"E055", [](json& i) { i["Fixity"] = json::object(); }},
      {"E056", [](json& i) { i["fixity"]["sha3"] = json::object(); }},
      {"E057", [](json& i) { i["fixity"]["md5"] = {"v1/content/y"}; }},
      {"E092", [&](json& i) { i["manifest"][two] = "v1/content/y"; }},
      {"E093", [](json& i) { i["fixity"]["md5"][std::string(32, 'a')] = {"v1/content/y"}; }},
      {"E094", [](json& i) { i["versions"]["v1"]["message"] = {"filed"}; }},
      {"E099", [&](json& i) { i["manifest"][two] = {"v1/content/./y"}; }},
      {"E101",
       [&](json& i) {
         i["manifest"][two] = {"v1/content/y", "v1/content/y/z"};
       }},
      {"E102", [](json& i) { i["extra"] = 1; }},
      {"E102", [](json& i) { i["versions"]["v1"]["extra"] = 1; }},
      {"E106", [](json& i) { i["manifest"] = json::array(); }},
      {"E108", [](json& i) { i["contentDirectory"] = ""; }},
      {"E110", [](json& i) { i["id"] = "urn:b"; }},
      {"E111", [](json& i) { i["fixity"] = json::array(); }},
      {"W008", [](json& i) { i["versions"]["v1"]["user"].erase("address"); }},
      {"W011", [](json& i) { i["versions"]["v1"]["message"] = "other"; }},
  };
  for (const Edit& edit : edits) {
    changeText(good);
    change(edit.edit);
    EXPECT_THAT(codes(), Contains(edit.code));
  }
}

TEST_F(DamagedObject, IgnoresFixityThatACommunityExtensionNames) {
  change([](json& i) { i["fixity"]["blake2b-256"]["00"] = {"v1/content/y"}; });
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(DamagedObject, HasJsonWithoutDuplicateKeys) {
  const std::string good = slurp(object_ / "inventory.json");
  changeText("{\"id\": \"urn:a\"," + good.substr(1));
  EXPECT_THAT(codes(), testing::ElementsAre("E033"));
  changeText("[]");
  EXPECT_THAT(codes(), Contains("E033"));
  changeText(good.substr(0, good.size() / 2));
  EXPECT_THAT(codes(), Contains("E033"));
  changeText(std::string(100'000, '['));
  EXPECT_THAT(codes(), Contains("E033"));
}

TEST_F(DamagedObject, HasEarlierInventoriesThatAgree) {
  changeFirst([](json& i) { i["contentDirectory"] = "content"; });
  EXPECT_THAT(codes(), IsEmpty()) << "the default, spelled out";
  changeFirst([](json& i) { i["type"] = "https://ocfl.io/9.9/spec/#inventory"; });
  EXPECT_THAT(codes(), testing::ElementsAre("E038"));
}

TEST_F(DamagedObject, KeepsItsContentFolder) {
  changeFirst([](json& i) { i["contentDirectory"] = "stuff"; });
  EXPECT_THAT(codes(), Contains("E020"));
}

TEST_F(DamagedObject, MayHaveGrownOutOfAnEarlierSpecification) {
  changeFirst([](json& i) {
    i["type"] = "https://ocfl.io/1.0/spec/#inventory";
    i.erase("contentDirectory");
  });
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(DamagedObject, IsReadToTheLastByte) {
  std::string bytes = slurp(object_ / "v1/content/y");
  bytes.back() ^= 1;
  spill(object_ / "v1/content/y", bytes);
  EXPECT_THAT(codes(), testing::ElementsAre("E092"));
}

TEST(ValidateObject, SaysThatAMissingFolderIsNoObject) {
  EXPECT_THAT(codesOf(validateOcflObject("/nonexistent/object")), testing::ElementsAre("E003"));
}

}  // namespace
}  // namespace sohoa
