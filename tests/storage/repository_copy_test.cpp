#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/result.h"
#include "storage/repository/repository.h"
#include "storage/validator/validator.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using Kind = Repository::Copied::Kind;
using test::codesOf;
using test::content;
using test::slurp;
using test::someone;
using test::spill;
using testing::HasSubstr;
using testing::IsEmpty;

struct Stopped {};

class CopyFrom : public testing::Test {
 protected:
  CopyFrom() {
    for (const char* name : {"a", "b"}) Repository::create(folder_ / name);
    file(0, "one");
  }
  void file(int head, const std::string& bytes) const {
    Repository::open(folder_ / "a")
        .commit("urn:a", head, {content("x/1", bytes), content("y", "same")}, someone());
  }
  Repository::Copied copy(DiskHook hook = {}) const {
    const Repository source = Repository::open(folder_ / "a");
    return Repository::open(folder_ / "b", std::move(hook)).copyFrom(source, "urn:a");
  }
  fs::path object(const char* name) const {
    return folder_ / name / Repository::open(folder_ / name).objectPath("urn:a");
  }
  void expectEqual() const {
    std::vector<std::string> a, b;
    for (const auto& [name, list] : {std::pair{"a", &a}, std::pair{"b", &b}}) {
      for (const auto& entry : fs::recursive_directory_iterator(object(name))) {
        if (!entry.is_regular_file()) continue;
        list->push_back(fs::relative(entry.path(), object(name)).string() + slurp(entry.path()));
      }
      std::sort(list->begin(), list->end());
    }
    EXPECT_EQ(a, b);
    EXPECT_THAT(codesOf(validateOcflRoot(folder_ / "b")), IsEmpty());
  }
  test::TemporaryFolder folder_;
};

TEST_F(CopyFrom, BringsAnObjectThenItsNewVersionsThenNothing) {
  EXPECT_EQ(copy().kind, Kind::added);
  expectEqual();
  file(1, "two");
  file(2, "three");
  const auto extended = copy();
  EXPECT_EQ(extended.kind, Kind::extended);
  EXPECT_EQ(extended.versions, 3);
  expectEqual();
  const auto again = copy();
  EXPECT_EQ(again.kind, Kind::same);
  EXPECT_EQ(again.bytes, 0u);
}

TEST_F(CopyFrom, PublishesNothingOfADamagedSource) {
  copy();
  file(1, "two");
  const fs::path damaged = object("a") / "v2/content/x/1";
  spill(damaged, "twO");
  const auto copied = copy();
  EXPECT_EQ(copied.kind, Kind::damaged);
  EXPECT_THAT(copied.what, HasSubstr("v2/content/x/1"));
  EXPECT_EQ(Repository::open(folder_ / "b").head("urn:a"), 1);
  fs::remove(damaged);
  EXPECT_EQ(copy().kind, Kind::damaged);
  EXPECT_THAT(codesOf(validateOcflObject(object("b"))), IsEmpty());
}

TEST_F(CopyFrom, NeverReplacesAnotherHistory) {
  Repository::open(folder_ / "b").commit("urn:a", 0, {content("x", "other")}, someone());
  const std::string before = slurp(object("b") / "inventory.json");
  EXPECT_EQ(copy().kind, Kind::differs);
  file(1, "two");
  EXPECT_EQ(copy().kind, Kind::differs);
  EXPECT_EQ(slurp(object("b") / "inventory.json"), before);
}

TEST_F(CopyFrom, KnowsThatTheCopyHasMoreAndThatItIsDamaged) {
  copy();
  auto b = Repository::open(folder_ / "b");
  b.commit("urn:a", 1, {content("x", "later")}, someone());
  EXPECT_EQ(copy().kind, Kind::newer);
  spill(object("b") / "inventory.json", "{");
  EXPECT_EQ(copy().kind, Kind::damagedHere);
}

TEST_F(CopyFrom, KilledAtAnyStepIsFinishedByTheNext) {
  for (int stop = 0, steps = 1; stop < steps; ++stop) {
    fs::remove_all(folder_ / "b");
    Repository::create(folder_ / "b");
    if (stop == 0) file(1, "two");
    for (const bool whole : {true, false}) {  // a new object, then a further version of it
      int step = 0;
      const auto hook = [&](std::string_view, const fs::path&) {
        if (step++ == stop) throw Stopped();
      };
      try {
        copy(hook);
      } catch (const Stopped&) {
      }
      if (whole) steps = std::max(steps, step + 1);
      // What is there is valid at any time, and the next run completes it.
      const auto b = Repository::open(folder_ / "b");
      if (b.head("urn:a")) {
        EXPECT_THAT(codesOf(validateOcflObject(object("b"))), IsEmpty()) << stop;
      }
      copy();
      expectEqual();
      if (whole) {
        fs::remove_all(folder_ / "b");
        Repository::create(folder_ / "b");
        const auto a = Repository::open(folder_ / "a");
        auto first = Repository::open(folder_ / "b");
        // A copy that has version 1 only: built anew from the source's own first version.
        std::vector<ContentFile> files;
        for (const auto& [logical, place] : a.files("urn:a", 1))
          files.push_back({logical, place, ""});
        first.commit("urn:a", 0, files, *a.versionInfo("urn:a", 1));
        ASSERT_EQ(slurp(object("b") / "inventory.json"), slurp(object("a") / "v1/inventory.json"));
      }
    }
  }
}

TEST_F(CopyFrom, SetAsideLeavesAHierarchyWithoutEmptyFolders) {
  auto a = Repository::open(folder_ / "a");
  a.setAside("urn:a", folder_ / "aside/urn-a");
  EXPECT_FALSE(a.head("urn:a"));
  EXPECT_TRUE(fs::exists(folder_ / "aside/urn-a/inventory.json"));
  EXPECT_THAT(codesOf(a.validateRoot()), IsEmpty());
}

}  // namespace
}  // namespace sohoa
