#include <algorithm>
#include <set>

#include "storage/ocfl/fixity_digest.h"
#include "storage/ocfl/inventory.h"
#include "storage/ocfl/inventory_rules.h"

namespace sohoa {
namespace {

struct PathCodes {
  const char *parts, *slash, *conflict;
};
constexpr PathCodes kContent{"E099", "E100", "E101"}, kLogical{"E052", "E053", "E095"};

/// Rules that content paths (3.5.2) and logical paths (3.5.3.1) share.
class PathRules {
 public:
  PathRules(PathCodes codes, std::string where, Findings& findings)
      : codes_(codes), where_(std::move(where)), findings_(findings) {}

  void add(const std::string& path) {
    if (path.empty() || path.front() == '/' || path.back() == '/') {
      findings_.add(codes_.slash, where_, "path begins or ends with a slash: \"" + path + "\"");
    }
    if (hasPartThatIsNone(path)) {
      findings_.add(codes_.parts, where_, "path with a part that is empty, . or ..: " + path);
    }
    if (!paths_.insert(path).second) {
      findings_.add(codes_.conflict, where_, "path occurs twice: " + path);
    }
  }

  void finish() {
    for (const std::string& path : paths_) {
      const std::string folder = path + "/";
      const auto inside = paths_.lower_bound(folder);
      if (!path.empty() && inside != paths_.end() && inside->starts_with(folder)) {
        findings_.add(codes_.conflict, where_, "path is also a folder: " + path);
      }
    }
  }

 private:
  static bool hasPartThatIsNone(std::string_view path) {
    for (;;) {
      const auto slash = path.find('/');
      const std::string_view part = path.substr(0, slash);
      if (part.empty() || part == "." || part == "..") return true;
      if (slash == std::string_view::npos) return false;
      path.remove_prefix(slash + 1);
    }
  }
  PathCodes codes_;
  std::string where_;
  Findings& findings_;
  std::set<std::string> paths_;
};

bool isHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// Code for a digest that is not hexadecimal of the right length (3.4).
const char* encodingCode(std::string_view algorithm) {
  if (algorithm == "sha1") return "E029";
  if (algorithm == "sha256") return "E030";
  if (algorithm == "sha512") return "E031";
  if (algorithm == "blake2b-512") return "E032";
  return "E057";
}

class Checker {
 public:
  Checker(const Inventory& inventory, const std::string& where, Findings& findings)
      : inventory_(inventory), where_(where), findings_(findings) {}

  void check() {
    checkIdentity();
    checkVersionNames();
    checkManifest();
    checkStates();
    checkFixity();
  }

 private:
  void report(const char* code, std::string what) { findings_.add(code, where_, std::move(what)); }

  void checkIdentity() {
    if (inventory_.id.empty()) {
      report("E037", "the id is empty");
    } else if (!isUri(inventory_.id)) {
      report("W005", "the id is not a URI: " + inventory_.id);
    }
    const std::string& algorithm = inventory_.digestAlgorithm;
    if (!algorithm.empty()) {
      if (algorithm != "sha512" && algorithm != "sha256") {
        report("E025", "digest algorithm " + algorithm);
      } else if (algorithm != "sha512") {
        report("W004", "digest algorithm " + algorithm);
      }
    }
    if (const auto& folder = inventory_.contentDirectory) {
      if (folder->find('/') != std::string::npos) {
        report("E017", "contentDirectory contains a slash: " + *folder);
      }
      if (*folder == "." || *folder == "..") report("E018", "contentDirectory is " + *folder);
      if (folder->empty() || folder->find('/') != std::string::npos || *folder == "." ||
          *folder == "..") {
        report("E108", "contentDirectory is not a direct child: \"" + *folder + "\"");
      }
    }
  }

  void checkVersionNames() {
    int highest = 0;
    std::set<int> numbers;
    for (const auto& [name, version] : inventory_.versions) {
      const auto number = versionNumber(name);
      if (!number) {
        report("E046", "not a version folder's name: " + name);
        continue;
      }
      if (!numbers.insert(*number).second) {
        report("E012", "two names for version " + std::to_string(*number));
      }
      highest = std::max(highest, *number);
    }
    if (!numbers.empty() && *numbers.begin() != 1) report("E009", "there is no version 1");
    if (static_cast<int>(numbers.size()) < highest) report("E010", "a version number is missing");
    const auto head = versionNumber(inventory_.head);
    if (!inventory_.head.empty() &&
        (!head || *head != highest || !inventory_.versions.contains(inventory_.head))) {
      report("E040",
             "head is " + inventory_.head + ", the highest version " + std::to_string(highest));
    }
  }

  void checkDigests(const Inventory::Paths& paths, const std::string& algorithm,
                    const char* duplicate, const std::string& name) {
    std::set<std::string> seen;
    for (const auto& [digest, list] : paths) {
      if (!seen.insert(lowerHex(digest)).second) {
        report(duplicate, name + ": digest occurs twice: " + digest);
      }
      const std::size_t length = FixityDigest::hexLength(algorithm);
      if (length != 0 && (digest.size() != length || !isHex(digest))) {
        report(encodingCode(algorithm), name + ": not a " + algorithm + " digest: " + digest);
      }
    }
  }

  void checkContentPath(const std::string& path) {
    const auto slash = path.find('/'), second = path.find('/', slash + 1);
    const std::string version = path.substr(0, slash);
    if (slash == std::string::npos && path.find('\\') != std::string::npos) {
      report("E035", "path with another separator than '/': " + path);
    }
    if (!inventory_.versions.contains(version)) {
      report(versionNumber(version) ? "E014" : "E042",
             "content path does not begin with a version folder: " + path);
    } else if (slash == std::string::npos || second == std::string::npos ||
               path.substr(slash + 1, second - slash - 1) != inventory_.contentFolder()) {
      report("E042", "content path is not in a content folder: " + path);
      // 3.3.1: without the key the folder is "content" and nothing else.
      if (!inventory_.contentDirectory) {
        report("E021", "no contentDirectory is named, so content lies in content/: " + path);
      }
    }
  }

  void checkManifest() {
    const std::string& algorithm = inventory_.digestAlgorithm;
    checkDigests(inventory_.manifest, algorithm, "E096", "manifest");
    PathRules rules(kContent, where_, findings_);
    for (const auto& [digest, paths] : inventory_.manifest) {
      if (paths.empty()) report("E092", "manifest: no path for " + digest);
      if ((algorithm == "sha512" && digest.size() == 64) ||
          (algorithm == "sha256" && digest.size() == 128)) {
        report("E039", "manifest: digest of another algorithm than " + algorithm + ": " + digest);
      }
      for (const std::string& path : paths) {
        rules.add(path);
        checkContentPath(path);
      }
    }
    rules.finish();
  }

  void checkStates() {
    std::set<std::string> used;
    for (const auto& [name, version] : inventory_.versions) {
      PathRules rules(kLogical, where_ + ": " + name, findings_);
      for (const auto& [digest, paths] : version.state) {
        if (!inventory_.manifest.contains(digest)) {
          report("E050", name + ": digest is not in the manifest: " + digest);
        }
        used.insert(digest);
        for (const std::string& path : paths) rules.add(path);
      }
      rules.finish();
    }
    for (const auto& [digest, paths] : inventory_.manifest) {
      if (!used.contains(digest)) report("E107", "no version uses the digest " + digest);
    }
  }

  void checkFixity() {
    std::set<std::string> content;
    for (const auto& [digest, paths] : inventory_.manifest) {
      content.insert(paths.begin(), paths.end());
    }
    for (const auto& [algorithm, block] : inventory_.fixity) {
      checkDigests(block, algorithm, "E097", "fixity of " + algorithm);
      PathRules rules(kContent, where_, findings_);
      for (const auto& [digest, paths] : block) {
        for (const std::string& path : paths) {
          rules.add(path);
          if (!content.contains(path)) {
            report("E057", "fixity of " + algorithm + ": not in the manifest: " + path);
          }
        }
      }
      rules.finish();
    }
  }

  const Inventory& inventory_;
  std::string where_;
  Findings& findings_;
};

}  // namespace

void checkInventory(const Inventory& inventory, const std::string& where, Findings& findings) {
  Checker(inventory, where, findings).check();
}

}  // namespace sohoa
