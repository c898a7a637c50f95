#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "storage/ocfl/inventory.h"

namespace sohoa {

inline constexpr std::string_view kObjectDeclaration = "0=ocfl_object_1.1";
inline constexpr std::string_view kInventoryName = "inventory.json";
inline constexpr std::string_view kSidecarName = "inventory.json.sha512";

/// Content of the sidecar for an inventory's bytes.
std::string sidecarOf(const std::string& inventoryBytes);

/// Whether the folder holds an inventory that its sidecar vouches for.
bool inventoryHolds(const std::filesystem::path& folder);

/// An inventory with the bytes it was read from.
struct LoadedInventory {
  Inventory inventory;
  std::string bytes;
  int head = 0;
};

/// Reads the inventory that stands for the object's current state, sidecar checked; nothing when
/// the folder does not exist. While a writer is between its last two renames the sidecar lags
/// behind: the newest version's own inventory then vouches for the root's.
/// Throws BatchError(repositoryDamaged).
std::optional<LoadedInventory> loadInventory(const std::filesystem::path& object);
/// The same of the object where the layout puts it; another object's inventory in its place is
/// damage, too.
std::optional<LoadedInventory> loadObject(const std::filesystem::path& root,
                                          const std::string& objectId);

}  // namespace sohoa
