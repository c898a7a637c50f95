#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa::test {

/// A demonstration site in a temporary folder, driven through the `sohoa` command alone.
class DemoSite {
 public:
  DemoSite();
  /// A copy of another site's folder, keys and all.
  explicit DemoSite(const DemoSite& other, std::string_view copied);

  std::filesystem::path path() const { return folder_ / "site"; }
  std::filesystem::path repository() const { return path() / "repository"; }
  static std::filesystem::path program();
  /// The command's arguments for this site.
  std::vector<std::string> command(std::vector<std::string> arguments) const;
  CommandResult sohoa(std::vector<std::string> arguments) const;
  /// Copies dossiers of the committed samples into intake/<batch> and closes it; all when empty.
  void drop(const std::string& batch, const std::set<std::string>& dossiers = {}) const;
  void importRegister() const;

  /// Logical path -> place, of a filed dossier's newest version, from its inventory.
  std::map<std::string, std::filesystem::path> files(const std::string& dossier) const;
  /// Every regular file below a folder of the site: relative path -> sha512 (hexadecimal).
  std::map<std::string, std::string> tree(const std::string& below) const;

 private:
  TemporaryFolder folder_;
};

/// The JSON lines of a command's output.
std::vector<nlohmann::json> jsonLines(const std::string& output);

/// The committed samples' truth: dossier code -> its file under samples/truth.
std::map<std::string, nlohmann::json> sampleTruth();

/// One site on which the night has run over all committed samples; made once per test program.
const DemoSite& finishedNight();
/// What that run printed with --json.
const CommandResult& finishedNightRun();

}  // namespace sohoa::test
