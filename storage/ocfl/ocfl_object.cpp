#include "storage/ocfl/ocfl_object.h"

#include "core/digest.h"
#include "core/result.h"
#include "storage/disk/bounded_read.h"
#include "storage/ocfl/inventory_rules.h"
#include "storage/ocfl/ocfl_layout.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

std::string readOr(const fs::path& file, std::string missing) {
  return readSmallFile(file, kLargestInventory).value_or(std::move(missing));
}

/// How much space the sidecar has between its words is its writer's choice.
bool vouches(const std::string& sidecar, const std::string& inventoryBytes) {
  const std::string digest = sidecarDigest(sidecar);
  return !digest.empty() && lowerHex(digest) == sha512(inventoryBytes).hex();
}

}  // namespace

std::string sidecarOf(const std::string& inventoryBytes) {
  return sha512(inventoryBytes).hex() + "  " + std::string(kInventoryName) + "\n";
}

bool inventoryHolds(const fs::path& folder) {
  const std::string bytes = readOr(folder / kInventoryName, {});
  return !bytes.empty() && vouches(readOr(folder / kSidecarName, {}), bytes);
}

std::optional<LoadedInventory> loadInventory(const fs::path& object) {
  std::error_code error;
  if (!fs::is_directory(object, error)) return std::nullopt;
  const auto damaged = [&](const std::string& what) {
    throw BatchError(Cause::repositoryDamaged, object.string() + ": " + what);
  };
  LoadedInventory loaded;
  loaded.bytes = readOr(object / kInventoryName, {});
  if (loaded.bytes.empty()) damaged("inventory.json is missing");
  Findings findings;
  auto inventory = parseInventory(loaded.bytes, std::string(kInventoryName), findings);
  if (inventory) checkInventory(*inventory, std::string(kInventoryName), findings);
  if (!inventory || findings.hasErrors()) damaged(findings.firstError());
  loaded.inventory = std::move(*inventory);
  loaded.head = versionNumber(loaded.inventory.head).value_or(0);
  const fs::path newest = object / loaded.inventory.head;
  if (!vouches(readOr(object / kSidecarName, {}), loaded.bytes) &&
      (!inventoryHolds(newest) || readOr(newest / kInventoryName, {}) != loaded.bytes)) {
    damaged("inventory.json does not fit its sidecar");
  }
  return loaded;
}

std::optional<LoadedInventory> loadObject(const fs::path& root, const std::string& objectId) {
  const fs::path object = root / layoutPath(objectId);
  auto loaded = loadInventory(object);
  if (loaded && loaded->inventory.id != objectId) {
    throw BatchError(Cause::repositoryDamaged,
                     object.string() + ": holds the inventory of " + loaded->inventory.id);
  }
  return loaded;
}

}  // namespace sohoa
