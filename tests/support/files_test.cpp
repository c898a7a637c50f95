#include "tests/support/files.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <stdexcept>

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

TEST(TemporaryFolders, AreNewAndGoAway) {
  fs::path gone;
  {
    const TemporaryFolder one, two;
    EXPECT_NE(one.path(), two.path());
    EXPECT_TRUE(fs::is_empty(one.path()));
    spill(one / "a" / "b", "bytes");
    gone = one.path();
  }
  if (std::getenv("SOHOA_KEEP_TEMP") == nullptr) {
    EXPECT_FALSE(fs::exists(gone));
  }
}

TEST(SlurpAndSpill, KeepEveryByte) {
  const TemporaryFolder folder;
  const std::string bytes("\0\n\xff\r\n", 5);
  spill(folder / "file", "longer than what follows");
  spill(folder / "file", bytes);
  EXPECT_EQ(slurp(folder / "file"), bytes);
  EXPECT_THROW(slurp(folder / "missing"), std::runtime_error);
  EXPECT_THROW(slurp(folder.path()), std::runtime_error);
}

TEST(Folders, OfSourcesAndBuildAreThose) {
  EXPECT_TRUE(fs::exists(sourceFolder() / "core" / "result.h"));
  EXPECT_TRUE(fs::exists(buildFolder() / "CMakeCache.txt"));
  EXPECT_FALSE(fixture("no such fixture"));
}

TEST(MissingFixtures, AreNamedWithTheirPublisherAndTheFolderLookedIn) {
  using testing::HasSubstr;
  EXPECT_THAT(noFixture("ocfl-1.1/bad-objects"),
              testing::AllOf(HasSubstr("ocfl-1.1/bad-objects is not in "),
                             HasSubstr("github.com/OCFL/fixtures"), HasSubstr("SOHOA_FIXTURES")));
  EXPECT_THAT(noFixture("signed-pdf"), HasSubstr("pyHanko"));
  EXPECT_THAT(noFixture("schemas/alto-4-4.xsd"), HasSubstr("altoxml"));
}

}  // namespace
}  // namespace sohoa::test
