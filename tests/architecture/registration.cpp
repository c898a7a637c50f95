#include "tests/architecture/registration.h"

#include <map>
#include <nlohmann/json.hpp>
#include <regex>

namespace sohoa::architecture {
namespace {

using Json = nlohmann::json;

/// File -> targets it is compiled into, from CMake's object paths: …/<target>.dir/a_test.cpp.o
std::map<std::string, std::set<std::string>> targetsOfFiles(const std::string& compileCommands) {
  static const std::regex kTarget("-o \\S*/([A-Za-z0-9_]+)\\.dir/\\S+");
  std::map<std::string, std::set<std::string>> targets;
  for (const Json& entry : Json::parse(compileCommands)) {
    const auto command = entry.at("command").get<std::string>();
    std::smatch match;
    if (std::regex_search(command, match, kTarget)) {
      targets[entry.at("file").get<std::string>()].insert(match[1]);
    }
  }
  return targets;
}

/// Programs of add_test(name "…/program" …), and those whose tests are discovered after the build:
/// include("…/program[1]_include.cmake").
std::set<std::string> programsRun(const std::string& ctestFiles) {
  static const std::regex kRun(
      R"re((?:^|\n)(?:add_test\([^\n"]*"[^\n"]*/([^\n"/]+)"|include\("[^\n"]*/([^\n"/\[]+)\[))re");
  std::set<std::string> programs;
  for (std::sregex_iterator match(ctestFiles.begin(), ctestFiles.end(), kRun), end; match != end;
       ++match) {
    programs.insert((*match)[1].matched ? (*match)[1] : (*match)[2]);
  }
  return programs;
}

}  // namespace

std::vector<std::string> unregisteredTests(const std::set<std::string>& testFiles,
                                           const std::string& compileCommands,
                                           const std::string& ctestFiles) {
  const auto targets = targetsOfFiles(compileCommands);
  const std::set<std::string> programs = programsRun(ctestFiles);
  std::vector<std::string> missing;
  for (const std::string& file : testFiles) {
    const auto found = targets.find(file);
    if (found == targets.end()) {
      missing.push_back(file + " is compiled into no target");
      continue;
    }
    bool run = false;
    for (const std::string& target : found->second) run = run || programs.contains(target);
    if (!run) missing.push_back(file + " is compiled, but ctest does not run it");
  }
  return missing;
}

}  // namespace sohoa::architecture
