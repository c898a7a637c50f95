#pragma once

#include <set>
#include <string>
#include <vector>

namespace sohoa::architecture {

/// Test files that no test run would ever notice to be missing.
/// `testFiles`: absolute paths of every *_test.cpp; `compileCommands`: compile_commands.json;
/// `ctestFiles`: the CTestTestfile.cmake of all folders of the build, in one text (they name
/// programs whether or not they are built yet). A file counts as run when it is compiled into a
/// target whose program ctest starts. One sentence per file that is not.
std::vector<std::string> unregisteredTests(const std::set<std::string>& testFiles,
                                           const std::string& compileCommands,
                                           const std::string& ctestFiles);

}  // namespace sohoa::architecture
