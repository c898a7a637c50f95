#include <algorithm>
#include <map>
#include <regex>

#include "core/durable.h"
#include "storage/fixity_digest.h"
#include "storage/layout.h"
#include "storage/object.h"
#include "storage/validate.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

class ObjectValidator {
 public:
  explicit ObjectValidator(const fs::path& object) : object_(object) {}

  std::vector<OcflFinding> validate() {
    std::error_code error;
    if (!fs::is_directory(object_, error)) {
      report("E003", ".", "is not a folder");
      return findings_.list();
    }
    for (const auto& entry : fs::directory_iterator(object_)) sort(entry);
    checkDeclaration();
    checkVersionNames();
    readRootInventory();
    checkRootFiles();
    for (const VersionFolder& version : versions_) checkVersion(version);
    if (haveRoot_) checkRootAgainstFolders();
    checkContent(object_, versions_, inventories_, contentFolder_, findings_);
    return std::move(findings_.list());
  }

 private:
  void report(const char* code, const std::string& where, std::string what) {
    findings_.add(code, where, std::move(what));
  }

  /// OCFL 1.1, 3.1: what an object root may hold.
  void sort(const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    if (!checkPlain(entry, name, findings_)) return;
    if (!entry.is_directory()) {
      if (name.size() > 1 && std::regex_match(name, std::regex(R"(\d+=.*)"))) {
        declarations_.push_back(name);
      } else {
        rootFiles_.push_back(name);
      }
    } else if (const auto number = versionNumber(name)) {
      versions_.push_back({name, *number});
    } else if (name == "extensions") {
      checkExtensions(entry.path());
    } else if (name != "logs") {
      report("E001", name, "this folder does not belong into an object");
      if (std::regex_match(name, std::regex(R"(\d+)"))) {
        report("E104", name, "a version folder's name begins with v");
      } else if (std::regex_match(name, std::regex(R"(v[0-]?\d*)"))) {
        report("E105", name, "not a version number: 1, 2, 3 …");
      }
    }
  }

  void checkExtensions(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string name = entry.path().filename().string();
      if (!entry.is_directory()) {
        report("E067", "extensions/" + name, "files do not belong here");
      } else if (!isRegisteredExtension(name)) {
        report("W013", "extensions/" + name, "not a registered extension");
      }
    }
  }

  void checkDeclaration() {
    static const std::regex kShape(R"(0=ocfl_object_(\d+\.\d+))");
    int valid = 0;
    for (const std::string& name : declarations_) {
      std::smatch match;
      if (!std::regex_match(name, match, kShape)) {
        const auto text = name.substr(name.find('=') + 1);
        report("E002", name, "not a NAMASTE declaration of an object");
        report(!name.starts_with("0=")             ? "E005"
               : !text.starts_with("ocfl_object_") ? "E006"
                                                   : "E004",
               name, "the declaration must be named 0=ocfl_object_<version>");
        continue;
      }
      ++valid;
      declared_ = match[1];
      if (declared_ != "1.0" && declared_ != "1.1") {
        report("E004", name, "unknown OCFL version " + declared_);
      }
      if (readFile(object_ / name) != name.substr(2) + "\n") {
        report("E007", name, "the declaration's content is not its name and a newline");
      }
    }
    if (valid != 1) report("E003", ".", std::to_string(valid) + " declarations 0=ocfl_object_…");
  }

  /// OCFL 1.1, 3.3.
  void checkVersionNames() {
    std::sort(versions_.begin(), versions_.end(),
              [](const auto& a, const auto& b) { return a.number < b.number; });
    if (versions_.empty()) return report("E008", ".", "there are no version folders");
    if (versions_.front().number != 1) report("E009", ".", "there is no version 1");
    if (versions_.back().number != static_cast<int>(versions_.size())) {
      report("E010", ".", "the version folders are not 1 to " + versions_.back().name);
    }
    const std::string& first = versions_.front().name;
    const bool padded = first != "v" + std::to_string(versions_.front().number);
    if (padded) report("W001", first, "version folders are padded with zeros");
    for (const VersionFolder& version : versions_) {
      if (!padded && version.name != "v" + std::to_string(version.number)) {
        report("E012", version.name, "padded with zeros, unlike " + first);
        report("E013", version.name, "does not follow the naming of " + first);
      } else if (padded && version.name.size() != first.size()) {
        report("E012", version.name, "of another length than " + first);
        report("E013", version.name, "does not follow the naming of " + first);
      }
      if (padded && !version.name.starts_with("v0")) {
        report("E011", version.name, "padded version folders begin with v0");
        report("E013", version.name, "does not follow the naming of " + first);
      }
    }
  }

  /// Reads and checks an inventory; `prefix` is "" or "v2/".
  bool readInventory(const std::string& prefix, int version, std::string& bytes) {
    const std::string where = prefix + std::string(kInventoryName);
    bytes = readFile(object_ / where);
    auto inventory = parseInventory(bytes, where, findings_);
    if (!inventory) return false;
    checkInventory(*inventory, where, findings_);
    inventories_.push_back({where, version, std::move(*inventory)});
    return true;
  }

  /// OCFL 1.1, 3.6.
  void checkSidecar(const std::string& prefix, const std::string& algorithm,
                    const std::string& bytes) {
    const std::string name = prefix + std::string(kInventoryName) + "." + algorithm;
    std::error_code error;
    if (algorithm.empty() || algorithm.find('/') != std::string::npos ||
        !fs::is_regular_file(object_ / name, error)) {
      report("E058", prefix + std::string(kInventoryName), "there is no sidecar " + name);
      for (const auto& entry : fs::directory_iterator(object_ / prefix)) {
        if (entry.path().filename().string().starts_with("inventory.json.")) {
          report("E059", prefix + entry.path().filename().string(),
                 "the sidecar is of another algorithm than the inventory");
        }
      }
      return;
    }
    const std::string sidecar = readFile(object_ / name);
    static const std::regex kShape(R"(([0-9A-Fa-f]+)[ \t]+inventory\.json\s*)");
    std::smatch match;
    if (sidecar.size() > 1024 || !std::regex_match(sidecar, match, kShape)) {
      return report("E061", name, "not of the form: DIGEST inventory.json");
    }
    const std::string digest = FixityDigest::ofBytes(bytes, algorithm);
    if (!digest.empty() && lowerHex(match[1].str()) != digest) {
      report("E060", name, "the inventory has another digest");
    }
  }

  void readRootInventory() {
    std::error_code error;
    if (!fs::is_regular_file(object_ / kInventoryName, error)) {
      return report("E063", std::string(kInventoryName), "is missing");
    }
    haveRoot_ = readInventory("", 0, rootBytes_);
    if (!haveRoot_) return;
    const Inventory& inventory = inventories_.front().inventory;
    checkSidecar("", inventory.digestAlgorithm, rootBytes_);
    if (!inventory.type.empty() &&
        (specVersion(inventory.type).empty() ||
         (!declared_.empty() && specVersion(inventory.type) != declared_))) {
      report("E038", std::string(kInventoryName),
             "the type is not of the declared version " + declared_ + ": " + inventory.type);
    }
    const std::string folder = inventory.contentFolder();
    if (!folder.empty() && folder != "." && folder != ".." &&
        folder.find('/') == std::string::npos) {
      contentFolder_ = folder;
    }
  }

  void checkRootFiles() {
    const std::string sidecar =
        haveRoot_ ? "inventory.json." + inventories_.front().inventory.digestAlgorithm
                  : std::string(kSidecarName);
    for (const std::string& name : rootFiles_) {
      if (name == kInventoryName || name == sidecar) continue;
      report("E001", name, "this file does not belong into an object");
      if (name != kInventoryName &&
          std::regex_match(name, std::regex("inventory\\.json", std::regex::icase))) {
        report("E034", name, "the inventory must be named inventory.json");
      }
    }
  }

  void checkVersion(const VersionFolder& version) {
    bool hasInventory = false;
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(object_ / version.name)) {
      const std::string name = entry.path().filename().string();
      const std::string where = version.name + "/" + name;
      if (!checkPlain(entry, where, findings_)) continue;
      if (entry.is_directory()) {
        if (name != contentFolder_) report("W002", where, "this folder is not content");
      } else if (name == kInventoryName) {
        hasInventory = true;
      } else {
        files.push_back(name);
      }
    }
    std::string sidecar;
    if (hasInventory) {
      sidecar = checkVersionInventory(version);
    } else {
      report("W010", version.name, "there is no inventory in the version folder");
    }
    for (const std::string& name : files) {
      if (name == sidecar) continue;
      report("E015", version.name + "/" + name, "this file does not belong into a version folder");
    }
  }

  /// Returns the name that the sidecar should have.
  std::string checkVersionInventory(const VersionFolder& version) {
    const std::string prefix = version.name + "/";
    const std::string bytes = readFile(object_ / prefix / kInventoryName);
    const bool newest = version.number == versions_.back().number;
    if (newest && haveRoot_) {
      if (bytes == rootBytes_) {
        const std::string& algorithm = inventories_.front().inventory.digestAlgorithm;
        checkSidecar(prefix, algorithm, bytes);
        return "inventory.json." + algorithm;
      }
      report("E064", prefix + std::string(kInventoryName), "differs from the root inventory");
    }
    std::string read;
    if (!readInventory(prefix, version.number, read)) return std::string(kSidecarName);
    const FoundInventory& found = inventories_.back();
    checkSidecar(prefix, found.inventory.digestAlgorithm, bytes);
    if (!found.inventory.head.empty() && found.inventory.head != version.name) {
      report("E040", found.where, "head is " + found.inventory.head);
    }
    if (!found.inventory.type.empty() && specVersion(found.inventory.type).empty()) {
      report("E038", found.where, "unknown type " + found.inventory.type);
    }
    return "inventory.json." + found.inventory.digestAlgorithm;
  }

  void checkRootAgainstFolders() {
    const FoundInventory& root = inventories_.front();
    const auto& blocks = root.inventory.versions;
    for (const VersionFolder& version : versions_) {
      if (!blocks.contains(version.name)) {
        report("E046", root.where, "there is no version block for the folder " + version.name);
      }
    }
    for (const auto& [name, block] : blocks) {
      if (std::none_of(versions_.begin(), versions_.end(),
                       [&, &wanted = name](const auto& v) { return v.name == wanted; })) {
        report("E046", root.where, "there is no folder for the version block " + name);
      }
    }
    std::string previous = "0";
    for (std::size_t i = 1; i < inventories_.size(); ++i) {
      compareInventories(inventories_[i], root, findings_);
      const std::string spec = specVersion(inventories_[i].inventory.type);
      if (!spec.empty() && spec < previous) {
        report("E103", inventories_[i].where,
               "of an earlier specification than the version before");
      }
      if (!spec.empty()) previous = spec;
    }
    const std::string spec = specVersion(root.inventory.type);
    if (!spec.empty() && spec < previous) {
      report("E103", root.where, "of an earlier specification than the version before");
    }
  }

  fs::path object_;
  Findings findings_;
  std::vector<std::string> declarations_, rootFiles_;
  std::vector<VersionFolder> versions_;
  std::vector<FoundInventory> inventories_;  ///< the root's first, then by version
  std::string declared_, rootBytes_, contentFolder_ = "content";
  bool haveRoot_ = false;
};

}  // namespace

std::string specVersion(const std::string& type) {
  for (const char* version : {"1.0", "1.1"}) {
    if (type == "https://ocfl.io/" + std::string(version) + "/spec/#inventory") return version;
  }
  return {};
}

bool checkPlain(const fs::directory_entry& entry, const std::string& where, Findings& findings) {
  if (entry.is_symlink()) {
    findings.add("E090", where, "symbolic links must not be used");
    return false;
  }
  if (entry.is_directory()) return true;
  if (!entry.is_regular_file()) {
    findings.add("E090", where, "neither a file nor a folder");
    return false;
  }
  if (entry.hard_link_count() > 1) findings.add("E090", where, "the file has another hard link");
  return true;
}

std::vector<OcflFinding> validateOcflObject(const fs::path& object) {
  return ObjectValidator(object).validate();
}

}  // namespace sohoa
