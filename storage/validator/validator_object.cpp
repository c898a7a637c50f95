#include <algorithm>
#include <cerrno>
#include <map>

#include "core/durable.h"
#include "storage/disk/bounded_read.h"
#include "storage/disk/disk.h"
#include "storage/ocfl/fixity_digest.h"
#include "storage/ocfl/inventory_rules.h"
#include "storage/ocfl/ocfl_layout.h"
#include "storage/ocfl/ocfl_object.h"
#include "storage/validator/object_checks.h"
#include "storage/validator/validator.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

bool isPlainFile(const fs::path& file) {
  std::error_code error;
  return fs::symlink_status(file, error).type() == fs::file_type::regular;
}

class ObjectValidator {
 public:
  explicit ObjectValidator(const fs::path& object) : object_(object) {}

  std::vector<OcflFinding> validate() try {
    std::error_code error;
    if (!fs::is_directory(object_, error)) {
      report("E003", ".", "is not a folder");
      return findings_.list();
    }
    validateFolder();
    return std::move(findings_.list());
  } catch (const fs::filesystem_error& error) {
    // What the system lacks is not the object's fault; anything else is damage of the object.
    const int why = error.code().value();
    if (why == EMFILE || why == ENFILE || why == ENOMEM) throw;
    report("E092", error.path1().lexically_relative(object_).string(),
           "cannot be read: " + error.code().message());
    return std::move(findings_.list());
  }

 private:
  void validateFolder() {
    for (const auto& entry : fs::directory_iterator(object_)) sort(entry);
    declared_ = checkObjectDeclaration(object_, declarations_, findings_);
    checkVersionNames(versions_, findings_);
    readRootInventory();
    checkRootFiles();
    for (const VersionFolder& version : versions_) checkVersion(version);
    if (haveRoot_) checkRootAgainstFolders();
    checkContent(object_, versions_, inventories_, contentFolder_, findings_);
  }

  void report(const char* code, const std::string& where, std::string what) {
    findings_.add(code, where, std::move(what));
  }

  /// OCFL 1.1, 3.1: what an object root may hold.
  void sort(const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    if (!checkPlain(entry, name, findings_)) return;
    if (!entry.is_directory()) {
      if (isDeclaration(name)) {
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
      if (isDigits(name)) {
        report("E104", name, "a version folder's name begins with v");
      } else if (name.starts_with("v-") || (name[0] == 'v' && isDigits(name.substr(1)))) {
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

  /// Reads and checks an inventory; `prefix` is "" or "v2/".
  bool readInventory(const std::string& prefix, int version, std::string& bytes) {
    const std::string where = prefix + std::string(kInventoryName);
    if (!read(where, bytes)) return false;
    auto inventory = parseInventory(bytes, where, findings_);
    if (!inventory) return false;
    checkInventory(*inventory, where, findings_);
    inventories_.push_back({where, version, std::move(*inventory)});
    return true;
  }

  bool read(const std::string& inventory, std::string& bytes) {
    auto found = readSmallFile(object_ / inventory, kLargestInventory);
    if (!found) report("E033", inventory, "cannot be read, or is too large to be an inventory");
    bytes = found ? std::move(*found) : std::string();
    return found.has_value();
  }

  /// OCFL 1.1, 3.6.
  void checkSidecar(const std::string& prefix, const std::string& algorithm,
                    const std::string& bytes) {
    const std::string name = prefix + std::string(kInventoryName) + "." + algorithm;
    if (algorithm.empty() || algorithm.find('/') != std::string::npos ||
        !isPlainFile(object_ / name)) {
      report("E058", prefix + std::string(kInventoryName), "there is no sidecar " + name);
      for (const auto& entry : fs::directory_iterator(object_ / prefix)) {
        if (entry.path().filename().string().starts_with("inventory.json.")) {
          report("E059", prefix + entry.path().filename().string(),
                 "the sidecar is of another algorithm than the inventory");
        }
      }
      return;
    }
    const std::string stated = sidecarDigest(readSmallFile(object_ / name).value_or(""));
    if (stated.empty()) {
      return report("E061", name, "not of the form: DIGEST inventory.json");
    }
    const std::string digest = FixityDigest::ofBytes(bytes, algorithm);
    if (!digest.empty() && lowerHex(stated) != digest) {
      report("E060", name, "the inventory has another digest");
    }
  }

  void readRootInventory() {
    if (!isPlainFile(object_ / kInventoryName)) {
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
      if (equalsIgnoringCase(name, kInventoryName)) {
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
    std::string bytes;
    if (!read(prefix + std::string(kInventoryName), bytes)) return std::string(kSidecarName);
    const bool newest = version.number == versions_.back().number;
    if (newest && haveRoot_) {
      if (bytes == rootBytes_) {
        const std::string& algorithm = inventories_.front().inventory.digestAlgorithm;
        checkSidecar(prefix, algorithm, bytes);
        return "inventory.json." + algorithm;
      }
      report("E064", prefix + std::string(kInventoryName), "differs from the root inventory");
    }
    if (!readInventory(prefix, version.number, bytes)) return std::string(kSidecarName);
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

std::vector<OcflFinding> validateOcflObject(const fs::path& object) try {
  return ObjectValidator(object).validate();
} catch (const fs::filesystem_error& error) {
  throwDiskError("cannot read", error.path1(), error.code().value());
}

}  // namespace sohoa
