#include "tests/architecture/registration.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "tests/support/files.h"

namespace sohoa::architecture {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kCompileCommands = R"([
  {"directory": "/b", "file": "/s/tests/core/text_test.cpp",
   "command": "c++ -O2 -o tests/core/CMakeFiles/core_test.dir/text_test.cpp.o -c /s/tests/core/text_test.cpp"},
  {"directory": "/b", "file": "/s/tests/ocr/alto_test.cpp",
   "command": "c++ -O2 -o tests/ocr/CMakeFiles/ocr_test.dir/alto_test.cpp.o -c /s/tests/ocr/alto_test.cpp"}])";
const std::string kCtest =
    "# CMake generated Testfile for\n"
    "include(\"/b/tests/core/core_test[1]_include.cmake\")\n"
    "add_test([=[ocr.all]=] \"/b/tests/ocr/ocr_test\" \"--gtest_filter=/x/y\")\n"
    "set_tests_properties([=[ocr.all]=] PROPERTIES _BACKTRACE_TRIPLES \"/s/other_test\")\n";

TEST(Registration, HoldsForEveryTestOfTheProject) {
  std::set<std::string> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(test::sourceFolder() / "tests")) {
    const std::string path = entry.path();
    if (path.ends_with("_test.cpp")) files.insert(path);
  }
  ASSERT_TRUE(files.contains(test::sourceFolder() / "tests/architecture/registration_test.cpp"));
  std::string ctestFiles;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(test::buildFolder() / "tests")) {
    if (entry.path().filename() == "CTestTestfile.cmake") ctestFiles += test::slurp(entry.path());
  }
  EXPECT_THAT(unregisteredTests(files, test::slurp(test::buildFolder() / "compile_commands.json"),
                                ctestFiles),
              IsEmpty());
}

TEST(Registration, HoldsForNamedAndForDiscoveredTests) {
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
                                "add_test([=[x]=] \"/b/other_test\")\n"),
              ElementsAre("/s/tests/core/text_test.cpp is compiled, but ctest does not run it"));
}

}  // namespace
}  // namespace sohoa::architecture
