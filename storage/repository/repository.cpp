#include "storage/repository/repository.h"

#include <unistd.h>

#include <algorithm>
#include <set>

#include "core/durable.h"
#include "core/result.h"
#include "core/texts/json.h"
#include "storage/disk/bounded_read.h"
#include "storage/disk/disk.h"
#include "storage/ocfl/ocfl_layout.h"
#include "storage/ocfl/ocfl_object.h"
#include "storage/repository/transaction.h"
#include "storage/validator/validator.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr char kRootDeclaration[] = "0=ocfl_1.1";

constexpr char kReadme[] =
    "This folder is an OCFL 1.1 storage root (https://ocfl.io/1.1/spec/): an archive of digitised\n"
    "administrative dossiers, readable without the software that wrote it.\n"
    "Thư mục này là kho lưu trữ OCFL 1.1: hồ sơ thủ tục hành chính đã số hóa, đọc được không cần\n"
    "phần mềm đã tạo ra nó.\n\n"
    "Each dossier is one folder, its name ends with the dossier code (\"%2e\" stands for a dot):\n"
    "    find . -maxdepth 4 -name 'urn*<code with %2e>'\n"
    "inventory.json in it says which file under v1/, v2/ … is which file of which version, with\n"
    "the SHA-512 of each. Open metadata.json for what the files are.\n\n"
    "extensions/sohoa-work is a local extension: while a dossier is being written, its next\n"
    "version is built there. What is left there after a crash is not part of any dossier and is\n"
    "finished or removed when sohoa next opens the repository.\n";

void writeDeclaration(const fs::path& folder, std::string_view name) {
  // NAMASTE: the text is the part of the name after "0=" and a newline.
  writeFileDurably(folder / name, std::string(name.substr(2)) + "\n");
}

}  // namespace

void Repository::create(const fs::path& root) {
  if (fs::exists(root) && (!fs::is_directory(root) || !fs::is_empty(root))) {
    throw BatchError(Cause::repositoryForeign,
                     root.string() + " exists and is not an empty folder");
  }
  const fs::path layout = root / "extensions" / kLayoutName;
  createFoldersDurably(layout);
  writeFileDurably(layout / "config.json", jsonText(nlohmann::json{{"extensionName", kLayoutName},
                                                                   {"digestAlgorithm", "sha256"},
                                                                   {"tupleSize", 3},
                                                                   {"numberOfTuples", 3}},
                                                    2) +
                                               "\n");
  writeFileDurably(
      root / "ocfl_layout.json",
      jsonText(nlohmann::json{{"extension", kLayoutName},
                              {"description",
                               "Hash-and-id layout: three tuples of three hexadecimal digits "
                               "of the sha256 of the object id, then the percent-encoded id"}},
               2) +
          "\n");
  writeFileDurably(root / "README.txt", kReadme);
  writeDeclaration(root, kRootDeclaration);  // last: it says that the rest is there
}

Repository Repository::open(const fs::path& root, DiskHook hook) {
  std::error_code error;
  const auto foreign = [&](const std::string& what) {
    throw BatchError(Cause::repositoryForeign, root.string() + ": " + what);
  };
  if (!fs::is_regular_file(root / kRootDeclaration, error)) foreign("no file 0=ocfl_1.1");
  if (readFile(root / kRootDeclaration) != "ocfl_1.1\n") foreign("0=ocfl_1.1 has wrong content");
  if (!fs::is_regular_file(root / "ocfl_layout.json", error)) foreign("no ocfl_layout.json");
  const auto layout = parseJsonOrDiscard(readFile(root / "ocfl_layout.json"));
  if (!layout.is_object() || layout.value("extension", nlohmann::json()) != kLayoutName) {
    foreign("its layout is not " + std::string(kLayoutName));
  }
  const fs::path configFile = root / "extensions" / kLayoutName / "config.json";
  if (fs::is_regular_file(configFile, error)) {
    const auto config = parseJsonOrDiscard(readFile(configFile));
    if (!config.is_object() ||
        config.value("digestAlgorithm", nlohmann::json("sha256")) != "sha256" ||
        config.value("tupleSize", nlohmann::json(3)) != 3 ||
        config.value("numberOfTuples", nlohmann::json(3)) != 3) {
      foreign("its layout has other parameters than sha256, 3, 3");
    }
  }
  try {
    Transaction::recoverAll(root, Disk(hook));
  } catch (const fs::filesystem_error& fault) {
    throwDiskError("cannot access", fault.path1(), fault.code().value());
  }
  return Repository(root, std::move(hook));
}

void Repository::requireWritable() const {
  const Disk disk(hook_);
  const fs::path trial = root_ / "extensions" / (".trial-" + std::to_string(::getpid()));
  disk.removeTree(trial);
  disk.makeFolder(trial);
  disk.removeTree(trial);
}

fs::path Repository::objectPath(const std::string& objectId) const { return layoutPath(objectId); }

std::optional<int> Repository::head(const std::string& objectId) const {
  const auto loaded = loadObject(root_, objectId);
  if (!loaded) return std::nullopt;
  return loaded->head;
}

std::map<std::string, fs::path> Repository::files(const std::string& objectId, int version) const {
  const fs::path object = root_ / layoutPath(objectId);
  const auto loaded = loadObject(root_, objectId);
  std::map<std::string, fs::path> files;
  if (!loaded || version < 0 || version > loaded->head) return files;
  const Inventory& inventory = loaded->inventory;
  for (const auto& [name, block] : inventory.versions) {
    if (versionNumber(name) != (version == 0 ? loaded->head : version)) continue;
    for (const auto& [digest, paths] : block.state) {
      for (const std::string& path : paths) {
        files[path] = object / inventory.manifest.at(digest).front();
      }
    }
  }
  return files;
}

std::optional<fs::path> Repository::find(const std::string& objectId,
                                         const std::string& logicalPath) const {
  const auto all = files(objectId);
  const auto found = all.find(logicalPath);
  if (found == all.end()) return std::nullopt;
  return found->second;
}

Sha512 Repository::inventoryDigest(const std::string& objectId, int version) const {
  const fs::path file =
      root_ / layoutPath(objectId) / ("v" + std::to_string(version)) / kInventoryName;
  const auto bytes = readSmallFile(file, kLargestInventory);
  if (!bytes) throw BatchError(Cause::repositoryDamaged, file.string() + " cannot be read");
  return sha512(*bytes);
}

std::optional<VersionInfo> Repository::versionInfo(const std::string& objectId, int version) const {
  const auto loaded = loadObject(root_, objectId);
  if (!loaded) return std::nullopt;
  for (const auto& [name, block] : loaded->inventory.versions) {
    if (versionNumber(name) != (version == 0 ? loaded->head : version)) continue;
    VersionInfo info;
    info.created = parseIsoTime(block.created).value_or(Time{});
    info.message = block.message.value_or("");
    if (block.user) {
      info.userName = block.user->name;
      info.userAddress = block.user->address.value_or("");
    }
    return info;
  }
  return std::nullopt;
}

namespace {

void visitObjects(const fs::path& folder, bool top,
                  const std::function<void(const fs::path&)>& visit) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_directory() || entry.is_symlink()) continue;
    if (top && entry.path().filename() == "extensions") continue;
    folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  for (const fs::path& next : folders) {
    if (fs::exists(next / kObjectDeclaration)) {
      visit(next);
    } else {
      visitObjects(next, false, visit);
    }
  }
}

}  // namespace

void Repository::forEach(const std::function<void(const std::string& objectId)>& visit,
                         const Unreadable& unreadable) const {
  visitObjects(root_, true, [&](const fs::path& object) {
    std::optional<LoadedInventory> loaded;
    try {
      loaded = loadInventory(object);
      if (loaded && object != root_ / layoutPath(loaded->inventory.id)) {
        throw BatchError(Cause::repositoryDamaged, object.string() + ": holds the inventory of " +
                                                       loaded->inventory.id +
                                                       ", which does not belong here");
      }
    } catch (const BatchError& error) {
      if (!unreadable || error.cause() != Cause::repositoryDamaged) throw;
      unreadable(object, error.detail());
      return;
    }
    if (loaded) visit(loaded->inventory.id);
  });
}

std::vector<OcflFinding> Repository::validateObject(const std::string& objectId) const {
  return validateOcflObject(root_ / layoutPath(objectId));
}

std::vector<OcflFinding> Repository::validateRoot() const { return validateOcflRoot(root_); }

}  // namespace sohoa
