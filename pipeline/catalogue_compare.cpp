#include "pipeline/catalogue_compare.h"

#include <algorithm>
#include <sstream>

#include "storage/rebuild.h"

namespace sohoa {
namespace {

constexpr std::size_t kMost = 100;
constexpr std::size_t kLineLimit = 200;

std::vector<std::string> sortedLines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(std::move(line));
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

std::vector<std::string> lineDifferences(const std::string& before, const std::string& after,
                                         std::size_t most) {
  const auto a = sortedLines(before), b = sortedLines(after);
  std::vector<std::string> differences;
  const auto note = [&](const char* sign, const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
      if (differences.size() < most) differences.push_back(sign + line.substr(0, kLineLimit));
    }
  };
  std::vector<std::string> onlyBefore, onlyAfter;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(onlyBefore));
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(onlyAfter));
  note("- ", onlyBefore);
  note("+ ", onlyAfter);
  return differences;
}

std::vector<std::string> differencesFromRepository(const Site& site, const Repository& repository,
                                                   const Catalogue& current) {
  const auto draft = site.catalogue().draft();
  const RebuildResult result = rebuildCatalogue(repository, draft->catalogue());
  std::vector<std::string> differences;
  for (const auto& problem : result.problems) differences.push_back(problem.object + ": " + problem.what);
  const std::string now = current.dump(), then = draft->catalogue().dump();
  if (now != then) {
    for (std::string& line : lineDifferences(now, then, kMost)) differences.push_back(std::move(line));
  }
  return differences;
}

}  // namespace sohoa
