#include <algorithm>

#include "storage/disk/bounded_read.h"
#include "storage/ocfl/inventory_rules.h"
#include "storage/validator/object_checks.h"

namespace sohoa {

namespace fs = std::filesystem;

std::string checkObjectDeclaration(const fs::path& object,
                                   const std::vector<std::string>& declarations,
                                   Findings& findings) {
  std::string declared;
  int valid = 0;
  for (const std::string& name : declarations) {
    const std::string_view version = declaredVersion(name, "0=ocfl_object_");
    if (version.empty()) {
      const std::string text = name.substr(name.find('=') + 1);
      const char* code = "E004";
      if (!text.starts_with("ocfl_object_")) code = "E006";
      if (!name.starts_with("0=")) code = "E005";
      findings.add("E002", name, "not a NAMASTE declaration of an object");
      findings.add(code, name, "the declaration must be named 0=ocfl_object_<version>");
      continue;
    }
    ++valid;
    declared = version;
    if (declared != "1.0" && declared != "1.1") {
      findings.add("E004", name, "unknown OCFL version " + declared);
    }
    if (readSmallFile(object / name) != name.substr(2) + "\n") {
      findings.add("E007", name, "the declaration's content is not its name and a newline");
    }
  }
  if (valid != 1) {
    findings.add("E003", ".", std::to_string(valid) + " declarations 0=ocfl_object_…");
  }
  return declared;
}

void checkVersionNames(std::vector<VersionFolder>& versions, Findings& findings) {
  std::sort(versions.begin(), versions.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  if (versions.empty()) return findings.add("E008", ".", "there are no version folders");
  if (versions.front().number != 1) findings.add("E009", ".", "there is no version 1");
  if (versions.back().number != static_cast<int>(versions.size())) {
    findings.add("E010", ".", "the version folders are not 1 to " + versions.back().name);
  }
  const std::string& first = versions.front().name;
  const bool padded = first != "v" + std::to_string(versions.front().number);
  if (padded) findings.add("W001", first, "version folders are padded with zeros");
  for (const VersionFolder& version : versions) {
    const bool plain = version.name == "v" + std::to_string(version.number);
    const bool uniform = padded ? version.name.size() == first.size() : plain;
    const bool zeroFirst = !padded || version.name.starts_with("v0");
    if (!uniform) findings.add("E012", version.name, "written in another way than " + first);
    if (!zeroFirst) findings.add("E011", version.name, "padded version folders begin with v0");
    if (!uniform || !zeroFirst) {
      findings.add("E013", version.name, "does not follow the naming of " + first);
    }
  }
}

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

}  // namespace sohoa
