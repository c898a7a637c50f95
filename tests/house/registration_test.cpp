#include "tests/house/registration.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa::house {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kCompileCommands = R"([
  {"directory": "/b", "file": "/s/tests/core/text_test.cpp",
   "command": "c++ -O2 -o tests/core/CMakeFiles/core_test.dir/text_test.cpp.o -c /s/tests/core/text_test.cpp"},
  {"directory": "/b", "file": "/s/tests/ocr/alto_test.cpp",
   "command": "c++ -O2 -o tests/ocr/CMakeFiles/ocr_test.dir/alto_test.cpp.o -c /s/tests/ocr/alto_test.cpp"}])";
const std::string kCtest = R"({"tests": [
  {"name": "core.Texts.AreFilledIn", "command": ["/b/tests/core/core_test", "--gtest_filter=x"]},
  {"name": "ocr_test_NOT_BUILT"}]})";

TEST(Registration, HoldsForEveryTestOfTheProject) {
  std::set<std::string> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(test::sourceFolder() / "tests")) {
    const std::string path = entry.path();
    if (path.ends_with("_test.cpp")) files.insert(path);
  }
  ASSERT_TRUE(files.contains(test::sourceFolder() / "tests/house/registration_test.cpp"));
  const auto listing =
      test::runCommand({"ctest", "--test-dir", test::buildFolder(), "--show-only=json-v1"});
  ASSERT_TRUE(listing.ok()) << listing.describe();
  EXPECT_THAT(unregisteredTests(files, test::slurp(test::buildFolder() / "compile_commands.json"),
                                listing.out),
              IsEmpty());
}

TEST(Registration, HoldsForBuiltAndUnbuiltPrograms) {
  EXPECT_THAT(unregisteredTests({"/s/tests/core/text_test.cpp", "/s/tests/ocr/alto_test.cpp"},
                                kCompileCommands, kCtest),
              IsEmpty());
}

TEST(Registration, IsMissedForAFileInNoTarget) {
  EXPECT_THAT(unregisteredTests({"/s/tests/core/text_test.cpp", "/s/tests/core/new_test.cpp"},
                                kCompileCommands, kCtest),
              ElementsAre("/s/tests/core/new_test.cpp is compiled into no target"));
}

TEST(Registration, IsMissedForAProgramThatCtestDoesNotRun) {
  EXPECT_THAT(unregisteredTests({"/s/tests/core/text_test.cpp"}, kCompileCommands,
                                R"({"tests": [{"name": "x", "command": ["/b/other"]}]})"),
              ElementsAre("/s/tests/core/text_test.cpp is compiled, but ctest does not run it"));
}

}  // namespace
}  // namespace sohoa::house
