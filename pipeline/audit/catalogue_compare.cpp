#include "pipeline/audit/catalogue_compare.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "core/digest.h"
#include "storage/catalogue/catalogue_rebuild.h"

namespace sohoa {
namespace {

constexpr std::size_t kMost = 100;
constexpr std::size_t kLineLimit = 200;

using Hashes = std::vector<std::uint64_t>;

/// The first eight bytes of the line's SHA-512: nobody can craft two lines that look equal.
std::uint64_t hashOf(const std::string& line) {
  std::uint64_t hash = 0;
  std::memcpy(&hash, sha512(line).bytes.data(), sizeof hash);
  return hash;
}

Hashes hashesOf(const LineSource& source) {
  Hashes hashes;
  source([&](const std::string& line) { hashes.push_back(hashOf(line)); });
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

}  // namespace

std::vector<std::string> lineDifferences(const LineSource& before, const LineSource& after,
                                         std::size_t most) {
  const Hashes a = hashesOf(before), b = hashesOf(after);
  if (a == b) return {};
  std::vector<std::string> differences;
  const auto note = [&](const char* sign, const LineSource& source, const Hashes& own,
                        const Hashes& other) {
    Hashes only;
    std::set_difference(own.begin(), own.end(), other.begin(), other.end(),
                        std::back_inserter(only));
    source([&](const std::string& line) {
      if (differences.size() >= most) return;
      const std::uint64_t hash = hashOf(line);
      const auto found = std::lower_bound(only.begin(), only.end(), hash);
      if (found == only.end() || *found != hash) return;
      only.erase(found);  // a line that occurs twice on one side differs once
      differences.push_back(sign + line.substr(0, kLineLimit));
    });
  };
  note("- ", before, a, b);
  note("+ ", after, b, a);
  return differences;
}

std::vector<std::string> catalogueDifferences(const CatalogueStore& before, CatalogueDraft& after) {
  after.rest();
  const auto linesBefore = [&](const std::function<void(const std::string&)>& line) {
    before.open()->forEachDumpLine(line);
  };
  const auto linesAfter = [&](const std::function<void(const std::string&)>& line) {
    after.catalogue().forEachDumpLine(line);
    after.rest();
  };
  return lineDifferences(linesBefore, linesAfter, kMost);
}

std::vector<std::string> differencesFromRepository(const Site& site, const Repository& repository) {
  const auto draft = site.catalogue().draft();
  const RebuildResult result = rebuildCatalogue(repository, draft->catalogue());
  std::vector<std::string> differences;
  for (const auto& problem : result.problems)
    differences.push_back(problem.object + ": " + problem.what);
  for (std::string& line : catalogueDifferences(site.catalogue(), *draft)) {
    differences.push_back(std::move(line));
  }
  return differences;
}

}  // namespace sohoa
