#include "tests/support/preflight.h"

#include <sstream>
#include <stdexcept>

#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa::test {

bool hasPreflight() {
  return hasProgram("java") && std::filesystem::exists("/usr/share/java/preflight.jar");
}

std::vector<PreflightVerdict> preflight(const std::vector<std::filesystem::path>& files) {
  if (files.empty()) return {};
  std::vector<std::string> command = {"bash", sourceFolder() / "tests/support/preflight.sh"};
  command.insert(command.end(), files.begin(), files.end());
  const CommandResult result = runCommand(command);
  if (result.exitCode != 0 && result.exitCode != 1) {
    throw std::runtime_error("preflight: " + result.describe());
  }
  std::vector<PreflightVerdict> verdicts;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('\t')) {
      verdicts.at(verdicts.size() - 1).findings.push_back(line.substr(1));
    } else {
      verdicts.push_back({files.at(verdicts.size()), line.starts_with("valid "), {}});
    }
  }
  if (verdicts.size() != files.size()) {
    throw std::runtime_error("preflight judged other files: " + result.describe());
  }
  return verdicts;
}

}  // namespace sohoa::test
