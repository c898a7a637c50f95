#include <algorithm>
#include <cerrno>
#include <set>
#include <unordered_set>

#include "core/durable.h"
#include "core/texts/json.h"
#include "storage/disk/bounded_read.h"
#include "storage/disk/disk.h"
#include "storage/ocfl/inventory_rules.h"
#include "storage/ocfl/ocfl_layout.h"
#include "storage/ocfl/ocfl_object.h"
#include "storage/validator/object_checks.h"
#include "storage/validator/validator.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// JSON of unknown origin; discarded when it is none, or nested too deeply to be meant.
nlohmann::json parsed(const std::string& bytes) {
  constexpr int kDeepest = 32;
  struct TooDeep {};
  try {
    return nlohmann::json::parse(
        bytes,
        [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
          if (depth > kDeepest) throw TooDeep();
          return true;
        },
        false);
  } catch (const TooDeep&) {
    return nlohmann::json::value_t::discarded;
  }
}

/// The declaration file of an object root, as "1.1"; empty when the folder is no object.
std::string declaredObject(const fs::path& folder) {
  for (const char* version : {"1.1", "1.0"}) {
    std::error_code error;
    if (fs::is_regular_file(folder / ("0=ocfl_object_" + std::string(version)), error)) {
      return version;
    }
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("0=ocfl_object_")) return name.substr(14);
  }
  return {};
}

class RootValidator {
 public:
  explicit RootValidator(const fs::path& root) : root_(root) {}

  std::vector<OcflFinding> validate() {
    std::error_code error;
    if (!fs::is_directory(root_, error)) {
      report("E069", ".", "is not a folder");
      return findings_.list();
    }
    std::vector<std::string> folders;
    for (const auto& entry : fs::directory_iterator(root_)) {
      const std::string name = entry.path().filename().string();
      if (!checkPlain(entry, name, findings_)) continue;
      if (entry.is_directory()) {
        folders.push_back(name);
      } else if (isDeclaration(name)) {
        declarations_.push_back(name);
      }
    }
    checkDeclaration();
    checkLayout();
    std::sort(folders.begin(), folders.end());
    for (const std::string& name : folders) {
      if (name == "extensions") {
        checkExtensions();
      } else if (!walk(name, 1)) {
        report("E088", name, "neither holds objects nor extensions");
      }
    }
    if (depths_.contains(1) && depths_.size() > 1) {
      report("W015", ".", "objects both at the top and in a hierarchy");
    }
    if (depths_.size() > 1) report("W014", ".", "objects at different depths");
    return std::move(findings_.list());
  }

 private:
  void report(const char* code, const std::string& where, std::string what) {
    findings_.add(code, where, std::move(what));
  }

  void checkDeclaration() {
    int valid = 0;
    for (const std::string& name : declarations_) {
      if (declaredVersion(name, "0=ocfl_").empty()) {
        report("E075", name, "not a NAMASTE declaration of a storage root");
        report(!name.starts_with("0=")        ? "E078"
               : !name.starts_with("0=ocfl_") ? "E079"
                                              : "E077",
               name, "the declaration must be named 0=ocfl_<version>");
        continue;
      }
      ++valid;
      declared_ = name.substr(7);
      if (readSmallFile(root_ / name) != name.substr(2) + "\n") {
        report("E080", name, "the declaration's content is not its name and a newline");
      }
    }
    if (valid == 0) report("E069", ".", "there is no declaration 0=ocfl_<version>");
    if (valid > 1) report("E076", ".", "there is more than one declaration");
  }

  void checkLayout() {
    std::error_code error;
    const char* name = "ocfl_layout.json";
    if (!fs::is_regular_file(root_ / name, error)) return;
    const auto json = parsed(readSmallFile(root_ / name).value_or(""));
    if (!json.is_object()) return report("E070", name, "not a JSON object");
    for (const char* key : {"extension", "description"}) {
      if (!json.contains(key)) report("E070", name, std::string(key) + " is missing");
    }
    if (!json.contains("extension")) return;
    if (!json["extension"].is_string() ||
        !isRegisteredExtension(json["extension"].get<std::string>())) {
      return report("E071", name, "not a registered extension: " + jsonText(json["extension"]));
    }
    layout_ = json["extension"].get<std::string>();
  }

  void checkExtensions() {
    for (const auto& entry : fs::directory_iterator(root_ / "extensions")) {
      const std::string where = "extensions/" + entry.path().filename().string();
      if (!checkPlain(entry, where, findings_)) continue;
      if (!entry.is_directory()) {
        report("E112", where, "files do not belong here");
        continue;
      }
      if (fs::is_empty(entry.path())) report("E073", where, "an empty folder");
      if (!isRegisteredExtension(entry.path().filename().string())) {
        report("W016", where, "not a registered extension");
      }
    }
  }

  /// Whether there is an object in or below the folder.
  bool walk(const std::string& folder, int depth) try {
    const fs::path path = root_ / folder;
    if (const std::string version = declaredObject(path); !version.empty()) {
      checkObject(folder, version, depth);
      return true;
    }
    std::vector<std::string> folders, files;
    for (const auto& entry : fs::directory_iterator(path)) {
      const std::string name = folder + "/" + entry.path().filename().string();
      if (!checkPlain(entry, name, findings_)) continue;
      (entry.is_directory() ? folders : files).push_back(name);
    }
    for (const std::string& name : files) {
      // 4.2: a root inside a root would share its objects with the one around it.
      if (!declaredVersion(fs::path(name).filename().string(), "0=ocfl_").empty()) {
        report("E074", folder, "a storage root inside a storage root");
      }
      report("E072", name, "not part of an object");
      report("E084", name, "a file in the storage hierarchy");
    }
    if (folders.empty()) {
      report(files.empty() ? "E073" : "E085", folder,
             files.empty() ? "an empty folder" : "the hierarchy does not end in an object");
      return false;
    }
    std::sort(folders.begin(), folders.end());
    bool found = false;
    for (const std::string& name : folders) found = walk(name, depth + 1) || found;
    return found;
  } catch (const fs::filesystem_error& error) {
    if (error.code().value() != ENAMETOOLONG) throw;
    report("E085", folder, "the hierarchy goes deeper than any path");
    return false;
  }

  void checkObject(const std::string& folder, const std::string& version, int depth) {
    depths_.insert(depth);
    if (!declared_.empty() && version > declared_) {
      report("E081", folder, "of OCFL " + version + ", the storage root of " + declared_);
    }
    for (const auto& entry : fs::directory_iterator(root_ / folder)) {
      if (entry.is_directory() && !versionNumber(entry.path().filename().string()) &&
          entry.path().filename() != "extensions" && entry.path().filename() != "logs" &&
          !declaredObject(entry.path()).empty()) {
        report("E082", folder, "an object inside an object: " + entry.path().filename().string());
      }
    }
    std::error_code error;
    const fs::path file = root_ / folder / kInventoryName;
    if (!fs::is_regular_file(file, error)) return;  // the object's own validation says so
    const auto json = parsed(readSmallFile(file, kLargestInventory).value_or(""));
    if (!json.is_object() || !json.contains("id") || !json["id"].is_string()) return;
    // Eight bytes an object, so that a root of any size can be checked.
    if (!ids_.insert(std::hash<std::string>()(json["id"].get<std::string>())).second) {
      report("E037", folder, "another object has this id: " + json["id"].get<std::string>());
    }
    if (layout_ != kLayoutName) return;
    if (const auto expected = layoutPath(json["id"].get<std::string>()); expected != folder) {
      report("E083", folder, "by the layout this object belongs to " + expected.string());
    }
  }

  fs::path root_;
  Findings findings_;
  std::vector<std::string> declarations_;
  std::string declared_, layout_;
  std::set<int> depths_;
  std::unordered_set<std::size_t> ids_;  ///< hashes of the objects' identifiers
};

}  // namespace

namespace {

void visitObjectFolders(const fs::path& folder,
                        const std::function<void(const fs::path&)>& visit) try {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory() && !entry.is_symlink()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  for (const fs::path& next : folders) {
    if (!declaredObject(next).empty()) {
      visit(next);
    } else {
      visitObjectFolders(next, visit);
    }
  }
} catch (const fs::filesystem_error& error) {
  // Deeper than a path can say nothing can be read: the root's own validation reports it.
  if (error.code().value() != ENAMETOOLONG) throw;
}

}  // namespace

bool looksLikeOcflRoot(const fs::path& folder) try {
  bool folders = false;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (isDeclaration(name)) {
      if (name.find("=ocfl_object_") != std::string::npos) return false;
      if (!declaredVersion(name, "0=ocfl_").empty()) return true;
    }
    if (name == "ocfl_layout.json") return true;
    if (name == kInventoryName || versionNumber(name)) return false;
    folders = folders || entry.is_directory();
  }
  return folders;
} catch (const fs::filesystem_error& error) {
  throwDiskError("cannot read", error.path1(), error.code().value());
}

void forEachOcflObject(const fs::path& root,
                       const std::function<void(const fs::path&)>& visit) try {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(root)) {
    const bool hierarchy = entry.is_directory() && !entry.is_symlink();
    if (hierarchy && entry.path().filename() != "extensions") folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  for (const fs::path& folder : folders) {
    if (!declaredObject(folder).empty()) {
      visit(folder);
    } else {
      visitObjectFolders(folder, visit);
    }
  }
} catch (const fs::filesystem_error& error) {
  throwDiskError("cannot read", error.path1(), error.code().value());
}

std::vector<OcflFinding> validateOcflRoot(const fs::path& root) try {
  return RootValidator(root).validate();
} catch (const fs::filesystem_error& error) {
  throwDiskError("cannot read", error.path1(), error.code().value());
}

}  // namespace sohoa
