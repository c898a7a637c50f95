#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "storage/ocfl/fixity_digest.h"
#include "storage/repository/repository.h"
#include "storage/validator/validator.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::codesOf;
using test::content;
using test::slurp;
using test::someone;
using test::spill;
using testing::Contains;

/// Objects made to make a validator crash, hang, fill the memory or read what is not theirs. All of
/// them end in findings; what would hang runs into the test's time limit.
class HostileObject : public testing::Test {
 protected:
  HostileObject() {
    Repository::create(folder_ / "repository");
    auto repository = Repository::open(folder_ / "repository");
    repository.commit("urn:a", 0, {content("x", "one")}, someone());
    object_ = repository.root() / repository.objectPath("urn:a");
  }
  void inventory(const std::string& bytes) const {
    for (const char* place : {"", "v1"}) {
      spill(object_ / place / "inventory.json", bytes);
      spill(object_ / place / "inventory.json.sha512",
            FixityDigest::ofBytes(bytes, "sha512") + "  inventory.json\n");
    }
  }
  void change(const std::function<void(json&)>& edit) const {
    json inventory = json::parse(slurp(object_ / "inventory.json"));
    edit(inventory);
    this->inventory(inventory.dump());
  }
  /// A terabyte that takes no room on the disk.
  static void makeHuge(const fs::path& file) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT, 0644);
    ASSERT_EQ(::ftruncate(fd, off_t{1} << 40), 0);
    ::close(fd);
  }
  static void makePipe(const fs::path& file) {
    fs::remove(file);
    ASSERT_EQ(::mkfifo(file.c_str(), 0644), 0);
  }
  std::vector<std::string> codes() const { return codesOf(validateOcflObject(object_)); }

  test::TemporaryFolder folder_;
  fs::path object_;
};

TEST_F(HostileObject, NestsJsonDeeply) {
  constexpr int kDepth = 2'000'000;
  const std::string nest = std::string(kDepth, '[') + std::string(kDepth, ']');
  const std::string whole = slurp(object_ / "inventory.json");
  for (const std::string& bytes : {nest, std::string(kDepth, '['), std::string(kDepth, '{'),
                                   "{\"manifest\": {\"abc\": " + nest + "}}",
                                   "{\"versions\": {\"v1\": {\"created\": " + nest + "}}}"}) {
    inventory(bytes);
    EXPECT_THAT(codes(), Contains("E033"));
  }
}

TEST_F(HostileObject, HasAnInventoryThatIsNotJson) {
  for (const std::string& bytes :
       {std::string(), std::string("\0", 1), std::string("null"), std::string("\xff\xfe{}"),
        "{\"id\": \"" + std::string(5'000'000, 'x'), std::string("{\"id\": \"\xc3\x28\"}"),
        std::string("{\"id\": \"\\ud800\"}"), std::string("{\"head\": 1e99999}"),
        std::string(3'000'000, '\n'), std::string("{\"id\": \"urn:a\"} trailing")}) {
    inventory(bytes);
    EXPECT_THAT(codes(), Contains("E033")) << bytes.substr(0, 30);
  }
}

TEST_F(HostileObject, HasPathsOfAMillionParts) {
  std::string path = "v1/content";
  for (int i = 0; i < 1'000'000; ++i) path += "/a";
  change([&](json& inventory) {
    const std::string digest = inventory["manifest"].begin().key();
    inventory["manifest"][digest].push_back(path);
    inventory["versions"]["v1"]["state"][digest].push_back(path.substr(3));
    inventory["versions"]["v1"]["state"][digest].push_back(std::string(3'000'000, '/'));
  });
  EXPECT_THAT(codes(), Contains("E092"));
  EXPECT_THAT(codes(), Contains("E053"));
}

TEST_F(HostileObject, NamesWhatIsNotInside) {
  for (const std::string path : {"v1/content/../../../../../../../../etc/passwd", "/etc/passwd",
                                 "v1/content/x\\0/../y", "v1//etc/passwd", "v9/content/x"}) {
    change([&](json& inventory) { inventory["manifest"].begin().value() = json::array({path}); });
    const auto found = codes();
    EXPECT_THAT(found, Contains("E092")) << path;
    EXPECT_THAT(found, Contains("E023")) << path;
  }
}

TEST_F(HostileObject, HasVersionsWithoutEnd) {
  change([&](json& inventory) {
    const json version = inventory["versions"]["v1"];
    for (int i = 2; i < 20'000; ++i) inventory["versions"]["v" + std::to_string(i)] = version;
    inventory["versions"]["v99999999999999999999"] = version;
    inventory["head"] = "v99999999999999999999";
  });
  const auto findings = validateOcflObject(object_);
  EXPECT_THAT(codesOf(findings), Contains("E046"));
  EXPECT_LT(findings.size(), 5000u) << "of a kind, so many are enough";
}

TEST_F(HostileObject, SaysTooMuchInOneLine) {
  change([&](json& inventory) { inventory["type"] = std::string(10'000'000, 't'); });
  for (const OcflFinding& finding : validateOcflObject(object_)) {
    EXPECT_LT(finding.what.size(), 1000u);
  }
}

TEST_F(HostileObject, HasFilesOfATerabyteForItsOwnOnes) {
  for (const char* name : {"inventory.json", "inventory.json.sha512", "0=ocfl_object_1.1",
                           "v1/inventory.json", "v1/inventory.json.sha512"}) {
    const std::string bytes = slurp(object_ / name);
    makeHuge(object_ / name);
    EXPECT_FALSE(test::errorsOf(validateOcflObject(object_)).empty()) << name;
    fs::remove(object_ / name);
    spill(object_ / name, bytes);
  }
}

TEST_F(HostileObject, HasPipesAndLinksForFiles) {
  spill(folder_ / "elsewhere", slurp(object_ / "inventory.json"));
  for (const char* name : {"inventory.json", "inventory.json.sha512", "0=ocfl_object_1.1",
                           "v1/inventory.json", "v1/inventory.json.sha512", "v1/content/x"}) {
    const std::string bytes = slurp(object_ / name);
    makePipe(object_ / name);
    EXPECT_THAT(codes(), Contains("E090")) << name;
    fs::remove(object_ / name);
    for (const char* target : {"/dev/zero", "/dev/null", "/proc/self/mem", "loop", "/"}) {
      fs::create_symlink(target, object_ / name);
      EXPECT_THAT(codes(), Contains("E090")) << name << " -> " << target;
      fs::remove(object_ / name);
    }
    fs::create_symlink(folder_ / "elsewhere", object_ / name);
    EXPECT_THAT(codes(), Contains("E090")) << name;
    fs::remove(object_ / name);
    spill(object_ / name, bytes);
  }
  fs::rename(object_ / "v1", folder_ / "moved");
  fs::create_directory_symlink(folder_ / "moved", object_ / "v1");
  EXPECT_THAT(codes(), Contains("E090"));
}

TEST_F(HostileObject, HasNamesThatAreNoText) {
  spill(object_ / "v1/content/\xff\xfe\n\x1b[31m", "x");
  spill(object_ / "\x80", "x");
  EXPECT_THAT(codes(), Contains("E023"));
  EXPECT_THAT(codes(), Contains("E001"));
}

TEST_F(HostileObject, HasFoldersDeeperThanAnyPath) {
  // Deeper than there are files to be open, then deeper than a path can say.
  const fs::path root = folder_ / "repository";
  for (const fs::path& place : {object_ / "v1/content", root}) {
    const int before = ::open(".", O_RDONLY | O_DIRECTORY);
    ASSERT_EQ(::chdir(place.c_str()), 0);
    for (int i = 0; i < 3000; ++i) {
      ASSERT_EQ(::mkdir("d", 0755), 0);
      ASSERT_EQ(::chdir("d"), 0);
    }
    ASSERT_EQ(::fchdir(before), 0);
    ::close(before);
    EXPECT_FALSE(test::errorsOf(validateOcflObject(object_)).empty());
  }
  EXPECT_FALSE(test::errorsOf(validateOcflRoot(root)).empty());
  int objects = 0;
  forEachOcflObject(root, [&](const fs::path&) { ++objects; });
  EXPECT_EQ(objects, 1);
  // What the test's folder cannot remove by itself, either.
  for (const fs::path& place : {object_ / "v1/content/d", root / "d"}) {
    EXPECT_TRUE(test::runCommand({"rm", "-rf", place.string()}).ok());
  }
}

TEST_F(HostileObject, MakesARootOfTheSameKind) {
  const fs::path root = folder_ / "repository";
  makePipe(root / "ocfl_layout.json");
  EXPECT_NO_THROW(validateOcflRoot(root));
  fs::remove(root / "ocfl_layout.json");
  const std::string nest = std::string(1'000'000, '[');
  spill(root / "ocfl_layout.json", "{\"extension\": " + nest.substr(0, 30'000) +
                                       std::string(30'000, ']') + ", \"description\": \"d\"}");
  EXPECT_THAT(codesOf(validateOcflRoot(root)), Contains("E070"));
  makeHuge(root / "ocfl_layout.json");
  EXPECT_THAT(codesOf(validateOcflRoot(root)), Contains("E070"));
  makePipe(root / "0=ocfl_1.1");
  EXPECT_THAT(codesOf(validateOcflRoot(root)), Contains("E069"));
  inventory(nest);
  EXPECT_NO_THROW(validateOcflRoot(root));
}

}  // namespace
}  // namespace sohoa
