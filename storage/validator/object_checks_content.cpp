#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "storage/ocfl/fixity_digest.h"
#include "storage/validator/object_checks.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// Logical path -> digest (lower case) of a version.
std::map<std::string, std::string> stateOf(const Inventory::Version& version) {
  std::map<std::string, std::string> state;
  for (const auto& [digest, paths] : version.state) {
    for (const std::string& path : paths) state[path] = lowerHex(digest);
  }
  return state;
}

/// Digest (lower case) -> content paths.
std::map<std::string, std::set<std::string>> contentOf(const Inventory& inventory) {
  std::map<std::string, std::set<std::string>> content;
  for (const auto& [digest, paths] : inventory.manifest) {
    content[lowerHex(digest)].insert(paths.begin(), paths.end());
  }
  return content;
}

/// The same logical paths with the same content. Under different digest algorithms two digests are
/// of the same content when the manifests name a common file for them.
bool sameState(const Inventory& a, const Inventory::Version& versionA, const Inventory& b,
               const Inventory::Version& versionB) {
  const auto stateA = stateOf(versionA), stateB = stateOf(versionB);
  if (a.digestAlgorithm == b.digestAlgorithm) return stateA == stateB;
  const auto contentA = contentOf(a), contentB = contentOf(b);
  if (stateA.size() != stateB.size()) return false;
  for (const auto& [path, digestA] : stateA) {
    const auto other = stateB.find(path);
    if (other == stateB.end()) return false;
    const auto filesA = contentA.find(digestA);
    const auto filesB = contentB.find(other->second);
    if (filesA == contentA.end() || filesB == contentB.end()) return false;
    if (std::none_of(filesA->second.begin(), filesA->second.end(),
                     [&](const auto& file) { return filesB->second.contains(file); })) {
      return false;
    }
  }
  return true;
}

class ContentChecker {
 public:
  ContentChecker(const fs::path& object, const std::string& contentFolder, Findings& findings)
      : object_(object), contentFolder_(contentFolder), findings_(findings) {}

  void walk(const VersionFolder& version) {
    const std::string folder = version.name + "/" + contentFolder_;
    std::error_code error;
    const fs::file_status status = fs::symlink_status(object_ / folder, error);
    if (status.type() != fs::file_type::directory) return;
    present_.insert(folder);
    if (fs::is_empty(object_ / folder)) {
      findings_.add("W003", folder, "an empty content folder");
      return;
    }
    walkFolder(folder, version.number);
  }

  void compare(const FoundInventory& found) {
    std::set<std::string> listed;
    for (const auto& [digest, paths] : found.inventory.manifest) {
      for (const std::string& path : paths) {
        listed.insert(path);
        expect(path, found.inventory.digestAlgorithm, digest, "E092", found.where);
      }
    }
    for (const auto& [algorithm, block] : found.inventory.fixity) {
      for (const auto& [digest, paths] : block) {
        for (const std::string& path : paths) expect(path, algorithm, digest, "E093", found.where);
      }
    }
    for (const auto& [path, version] : files_) {
      if ((found.version == 0 || version <= found.version) && !listed.contains(path)) {
        report("E023", path, "not in the manifest of " + found.where);
      }
    }
  }

  /// Reads every file once, for all digests that any inventory states for it.
  void hash() {
    for (const auto& [path, digests] : expected_) {
      std::set<std::string> algorithms;
      for (const auto& [algorithm, digest, code] : digests) algorithms.insert(algorithm);
      try {
        const auto actual = FixityDigest::ofFile(object_ / path, algorithms);
        for (const auto& [algorithm, digest, code] : digests) {
          const auto found = actual.find(algorithm);
          if (found != actual.end() && found->second != digest) {
            report(code, path, "the content has another " + algorithm + " than " + digest);
          }
        }
      } catch (const fs::filesystem_error& error) {
        report("E092", path, std::string("cannot be read: ") + error.code().message());
      }
    }
  }

 private:
  void walkFolder(const std::string& folder, int version) {
    if (fs::is_empty(object_ / folder)) {
      return findings_.add("E024", folder, "an empty folder in the content");
    }
    std::vector<std::string> folders;  // however deep they go, one is open at a time
    for (const auto& entry : fs::directory_iterator(object_ / folder)) {
      const std::string path = folder + "/" + entry.path().filename().string();
      if (!checkPlain(entry, path, findings_)) continue;
      if (entry.is_directory()) {
        folders.push_back(path);
      } else {
        files_[path] = version;
      }
    }
    for (const std::string& path : folders) walkFolder(path, version);
  }

  void expect(const std::string& path, const std::string& algorithm, const std::string& digest,
              const char* code, const std::string& where) {
    if (files_.contains(path)) {
      expected_[path].insert({algorithm, lowerHex(digest), code});
      return;
    }
    report(code, path, "named in " + where + " but not there");
    const auto slash = path.find('/'), second = path.find('/', slash + 1);
    if (slash == std::string::npos || second == std::string::npos) return;
    const std::string folder = path.substr(0, second);
    if (folder.substr(slash + 1) == contentFolder_ && !present_.contains(folder)) {
      report("E016", path.substr(0, slash), "there is no content folder though it has content");
    }
  }

  /// Several inventories say the same: once is enough.
  void report(const std::string& code, const std::string& where, std::string what) {
    if (reported_.insert({code, where}).second) findings_.add(code, where, std::move(what));
  }

  fs::path object_;
  std::string contentFolder_;
  Findings& findings_;
  std::map<std::string, int> files_;  ///< content path -> version folder it lies in
  std::set<std::string> present_;     ///< content folders that exist
  std::map<std::string, std::set<std::tuple<std::string, std::string, std::string>>> expected_;
  std::set<std::pair<std::string, std::string>> reported_;
};

}  // namespace

void checkContent(const fs::path& object, const std::vector<VersionFolder>& versions,
                  const std::vector<FoundInventory>& inventories, const std::string& contentFolder,
                  Findings& findings) {
  ContentChecker checker(object, contentFolder, findings);
  for (const VersionFolder& version : versions) checker.walk(version);
  for (const FoundInventory& inventory : inventories) checker.compare(inventory);
  checker.hash();
}

void compareInventories(const FoundInventory& earlier, const FoundInventory& current,
                        Findings& findings) {
  const Inventory &a = earlier.inventory, &b = current.inventory;
  const auto report = [&](const char* code, std::string what) {
    findings.add(code, earlier.where, std::move(what));
  };
  if (a.id != b.id) {
    report("E037", "the id is " + a.id + ", in the root inventory " + b.id);
    report("E110", "the id changed between versions");
  }
  if (a.contentFolder() != b.contentFolder()) {
    if (!a.contentDirectory) report("E019", "contentDirectory is set later only");
    if (a.contentDirectory) report("E020", "contentDirectory changed between versions");
    if (a.contentDirectory) report("E019", "contentDirectory is not the same in every version");
  }
  for (const auto& [name, version] : a.versions) {
    const auto other = b.versions.find(name);
    if (other == b.versions.end() || !sameState(a, version, b, other->second)) {
      report("E066", name + " has another state than in the root inventory");
      continue;
    }
    if (version.created != other->second.created || version.message != other->second.message ||
        version.user != other->second.user) {
      report("W011", name + " has other created, message or user than in the root inventory");
    }
  }
}

}  // namespace sohoa
