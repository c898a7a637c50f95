#include "tests/house/registration.h"

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>

namespace sohoa::house {
namespace {

namespace fs = std::filesystem;
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

std::set<std::string> programsRun(const std::string& ctestJson) {
  std::set<std::string> programs;
  const Json listing = Json::parse(ctestJson);
  for (const Json& test : listing.at("tests")) {
    if (!test.contains("command")) continue;  // its program is not built yet
    programs.insert(fs::path(test.at("command").at(0).get<std::string>()).filename());
  }
  return programs;
}

/// What CTest lists in place of the tests of a program that is not built yet.
std::set<std::string> programsToCome(const std::string& ctestJson) {
  static const std::string kSuffix = "_NOT_BUILT";
  std::set<std::string> programs;
  const Json listing = Json::parse(ctestJson);
  for (const Json& test : listing.at("tests")) {
    const auto name = test.at("name").get<std::string>();
    if (name.ends_with(kSuffix)) programs.insert(name.substr(0, name.size() - kSuffix.size()));
  }
  return programs;
}

}  // namespace

std::vector<std::string> unregisteredTests(const std::set<std::string>& testFiles,
                                           const std::string& compileCommands,
                                           const std::string& ctestJson) {
  const auto targets = targetsOfFiles(compileCommands);
  std::set<std::string> programs = programsRun(ctestJson);
  programs.merge(programsToCome(ctestJson));
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

}  // namespace sohoa::house
