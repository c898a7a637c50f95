#include "tests/scanning/scan_site.h"

#include <algorithm>

namespace sohoa::test {
namespace fs = std::filesystem;

NightSite::Options ScanSite::copyOfOneSite() {
  static const NightSite kSite;
  NightSite::Options options;
  options.copyOf = kSite.path();
  return options;
}

std::vector<std::string> ScanSite::scanCommand(std::vector<std::string> arguments) const {
  std::vector<std::string> all = {"--json", "scan",         "--device", Paper::device(), "--batch",
                                  "lô",     "--resolution", "200",      "--page-size",   "40x30"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return site.command(all);
}

CommandOptions ScanSite::surroundings() const {
  CommandOptions options;
  options.env = paper.environment();
  return options;
}

NightOutput ScanSite::scan(std::vector<std::string> arguments) const {
  return nightOutput(runCommand(scanCommand(std::move(arguments)), surroundings()));
}

std::vector<int> ScanSite::pagesIn(const std::string& folder, const std::string& batch) const {
  std::vector<fs::path> files;
  if (fs::exists(site.intake(batch) / folder)) {
    for (const auto& entry : fs::directory_iterator(site.intake(batch) / folder))
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<int> numbers;
  for (const fs::path& file : files) numbers.push_back(Paper::numberOn(file));
  return numbers;
}

bool ScanSite::closed(const std::string& batch) const {
  return fs::exists(site.intake(batch) / ".done");
}

std::string ScanSite::manifestFailure(const std::string& batch) const {
  CommandOptions there;
  there.folder = site.intake(batch);
  const CommandResult sums =
      runCommand({"sha512sum", "--check", "--strict", "manifest-sha512.txt"}, there);
  if (!sums.ok()) return sums.describe();
  const auto listed = std::count(sums.out.begin(), sums.out.end(), '\n');
  std::ptrdiff_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(site.intake(batch))) {
    files += entry.is_regular_file() ? 1 : 0;
    if (entry.is_directory() && fs::is_empty(entry.path()))
      return "an empty folder: " + entry.path().string();
  }
  return files == listed + 2 ? "" : "files that the manifest does not list\n" + sums.out;
}

std::vector<int> inOrder(int sheets, bool backs) {
  std::vector<int> numbers;
  for (int n = 1; n <= sheets; ++n) {
    numbers.push_back(n);
    if (backs) numbers.push_back(1000 + n);
  }
  return numbers;
}

std::string causeOf(const NightOutput& output) {
  for (const auto& line : output.lines) {
    if (line.contains("cause")) return line.at("cause");
  }
  return "";
}

int askedFor(const NightOutput& output) {
  for (const auto& line : output.lines) {
    if (line.value("event", "") == "put_back") return line.at("sheet");
  }
  return 0;
}

}  // namespace sohoa::test
