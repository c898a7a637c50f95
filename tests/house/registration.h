#pragma once

#include <set>
#include <string>
#include <vector>

namespace sohoa::house {

/// Test files that no test run would ever notice to be missing.
/// `testFiles`: absolute paths of every *_test.cpp; `compileCommands`: compile_commands.json;
/// `ctestJson`: what `ctest --show-only=json-v1` prints. A file counts as run when it is compiled
/// into a target whose program ctest starts. One sentence per file that is not.
std::vector<std::string> unregisteredTests(const std::set<std::string>& testFiles,
                                           const std::string& compileCommands,
                                           const std::string& ctestJson);

}  // namespace sohoa::house
