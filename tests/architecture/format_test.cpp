#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa::architecture {
namespace {

namespace fs = std::filesystem;

/// All sources and headers, tests and benchmarks among them.
std::vector<std::string> allSources() {
  std::vector<std::string> files;
  const fs::path top = test::sourceFolder();
  for (auto at = fs::recursive_directory_iterator(top); at != fs::recursive_directory_iterator();
       ++at) {
    const std::string name = at->path().filename().string();
    if (at->is_directory() && (name.starts_with("build") || name.starts_with("."))) {
      at.disable_recursion_pending();
    }
    const auto ending = at->path().extension();
    if (at->is_regular_file() && (ending == ".h" || ending == ".cpp")) {
      files.push_back(at->path().string());
    }
  }
  return files;
}

TEST(Format, IsThatOfClangFormatInEveryFile) {
  const std::vector<std::string> files = allSources();
  ASSERT_GT(files.size(), 700U) << "the sources were not found";
  std::vector<std::string> command = {"clang-format", "--style=file", "--dry-run", "-Werror"};
  command.insert(command.end(), files.begin(), files.end());
  const auto done = test::runCommand(command);
  EXPECT_EQ(done.exitCode, 0) << "run: clang-format -i on these files\n" << done.err;
}

TEST(Format, IsRefusedWhereAFileDiffers) {
  const test::TemporaryFolder folder;
  fs::copy_file(test::sourceFolder() / ".clang-format", folder.path() / ".clang-format");
  std::ofstream(folder.path() / "odd.cpp") << "int   main( ) {return 0 ;}\n";
  const auto done = test::runCommand({"clang-format", "--style=file", "--dry-run", "-Werror",
                                      (folder.path() / "odd.cpp").string()});
  EXPECT_NE(done.exitCode, 0);
}

}  // namespace
}  // namespace sohoa::architecture
