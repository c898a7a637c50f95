#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa::test {

/// The n-th dossier of the register that every NightSite imports.
std::string dossierCode(int n);

/// What one `sohoa run --json` said.
struct NightOutput {
  CommandResult result;
  std::vector<nlohmann::json> lines;

  /// The last line of that event; throws std::out_of_range, with all that was said, without one.
  const nlohmann::json& event(const std::string& name) const;
  /// "filed", "held" or "quarantined", by folder name as printed.
  std::string outcome(const std::string& folder) const;
  std::string cause(const std::string& folder) const;
  const nlohmann::json* decided(const std::string& folder) const;
  int count(const std::string& name) const { return event("summary").at(name).get<int>(); }
  /// Cause code of a run that stopped, or "" when it did not.
  std::string stoppedBy() const;
  std::string describe() const { return result.describe(); }
};

/// A demonstration site of its own with a register, driven through the `sohoa` command alone.
class NightSite {
 public:
  struct Options {
    std::filesystem::path folder;  ///< to make it in; empty: a temporary one
    std::string name = "site";
    bool withRegister = true;
    std::filesystem::path copyOf;  ///< another site, instead of making keys and a register anew
  };
  NightSite() : NightSite(Options{}) {}
  explicit NightSite(const Options& options);

  std::filesystem::path path() const { return path_; }
  std::filesystem::path operator/(const std::filesystem::path& name) const { return path_ / name; }
  std::filesystem::path intake(const std::string& batch) const { return path_ / "intake" / batch; }
  static std::filesystem::path program();

  void put(const std::string& batch, const std::string& folder, const std::string& name,
           const std::string& bytes) const;
  /// Puts `.done` there.
  void close(const std::string& batch) const;
  /// Replaces one line of sohoa.toml, found by its key.
  void configure(const std::string& key, const std::string& value) const;

  std::vector<std::string> command(std::vector<std::string> arguments) const;
  CommandResult sohoa(std::vector<std::string> arguments, const CommandOptions& options = {}) const;
  NightOutput run(std::vector<std::string> arguments = {},
                  const CommandOptions& options = {}) const;
  /// `audit --full`: "" when everything holds, else what it said.
  std::string auditFailure() const;
  /// Logical path -> place, of a filed dossier's version, as `sohoa show` finds it.
  std::filesystem::path objectPlace(const std::string& code) const;

 private:
  TemporaryFolder temporary_;
  std::filesystem::path path_;
};

std::vector<nlohmann::json> jsonLines(const std::string& output);
NightOutput nightOutput(CommandResult result);

/// Hashes of all regular files below, links not followed.
std::multiset<std::string> contentsOf(const std::filesystem::path& folder);
/// Relative path -> hash of all regular files below; links and special files as "link" and
/// "special".
std::map<std::string, std::string> treeOf(const std::filesystem::path& folder);
/// The site's folders in which scans that are not in intake/ may lie.
std::multiset<std::string> contentsOutsideIntake(const NightSite& site);

/// Of a run whose batch came in as `before` (treeOf the intake): exit code 3, counts that balance,
/// every byte still there, and for every dossier put aside the reason in both languages.
/// Returns what does not hold, one line each.
std::string brokenPromises(const NightSite& site, const NightOutput& night,
                           const std::multiset<std::string>& before);

}  // namespace sohoa::test
