#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/ocfl/inventory.h"

namespace sohoa {

/// An inventory of an object, for comparison with the others and with the content.
struct FoundInventory {
  std::string where;  ///< "inventory.json" or "v2/inventory.json"
  int version = 0;    ///< folder it lies in; 0: object root
  Inventory inventory;
};

/// A version folder as it is on disk.
struct VersionFolder {
  std::string name;
  int number = 0;
};

/// The object's conformance declaration (OCFL 1.1, 3.2) among its files `<digits>=…`; returns the
/// version it declares, empty when there is none.
std::string checkObjectDeclaration(const std::filesystem::path& object,
                                   const std::vector<std::string>& declarations,
                                   Findings& findings);

/// Names of the version folders (3.3); sorts them by number.
void checkVersionNames(std::vector<VersionFolder>& versions, Findings& findings);

/// Content of all versions against all inventories: what is there, what is listed, and whether
/// every byte has the digests that are stated. Each file is read once.
void checkContent(const std::filesystem::path& object, const std::vector<VersionFolder>& versions,
                  const std::vector<FoundInventory>& inventories, const std::string& contentFolder,
                  Findings& findings);

/// An inventory of an earlier version against the current one (3.7, 3.7.1).
void compareInventories(const FoundInventory& earlier, const FoundInventory& current,
                        Findings& findings);

/// OCFL version of a specification URI, "1.1" for kInventoryType; empty when it is none.
std::string specVersion(const std::string& type);

/// Links are not portable (4.6): symbolic ones, and files with another name.
/// True when it is a plain file or a folder.
bool checkPlain(const std::filesystem::directory_entry& entry, const std::string& where,
                Findings& findings);

}  // namespace sohoa
