#include <algorithm>
#include <set>
#include <stdexcept>

#include "core/durable.h"
#include "core/result.h"
#include "storage/ocfl/ocfl_layout.h"
#include "storage/ocfl/ocfl_object.h"
#include "storage/repository/repository.h"
#include "storage/repository/transaction.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// A caller's logical path becomes a path on disk, so it has to keep to OCFL 1.1, 3.5.3.1.
void requirePlain(const std::string& logicalPath) {
  for (const std::string& part : pathParts(logicalPath)) {
    if (part.empty() || part == "." || part == ".." || part.find('\0') != std::string::npos) {
      throw std::invalid_argument("not a logical path: " + logicalPath);
    }
  }
}

void requirePlain(const std::vector<ContentFile>& files) {
  std::set<std::string> paths;
  for (const ContentFile& file : files) {
    requirePlain(file.logicalPath);
    if (!paths.insert(file.logicalPath).second) {
      throw std::invalid_argument("logical path given twice: " + file.logicalPath);
    }
  }
  for (const std::string& path : paths) {
    for (auto slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      if (paths.contains(path.substr(0, slash))) {
        throw std::invalid_argument("logical path is also a folder: " + path.substr(0, slash));
      }
    }
  }
  if (paths.empty()) throw std::invalid_argument("a version without files");
}

/// Puts the content of one version into its folder, equal content once, and fills the inventory.
class ContentWriter {
 public:
  ContentWriter(Inventory& inventory, const fs::path& object, const fs::path& versionFolder,
                const std::string& version, const Disk& disk)
      : inventory_(inventory),
        object_(object),
        folder_(versionFolder),
        version_(version),
        disk_(disk) {
    for (const auto& [digest, paths] : inventory.manifest) lower_[lowerHex(digest)] = digest;
  }

  void add(const ContentFile& file) {
    const std::string digest = file.source.empty() ? addBytes(file) : addFile(file);
    inventory_.versions[version_].state[digest].push_back(file.logicalPath);
  }

 private:
  std::string addBytes(const ContentFile& file) {
    const std::string digest = sha512(file.bytes).hex();
    if (const auto* known = stored(digest)) return *known;
    disk_.write(prepare(file.logicalPath), file.bytes);
    return note(digest, file.logicalPath);
  }

  std::string addFile(const ContentFile& file) {
    // A re-filing mostly repeats what is there: what has the size of something stored is hashed
    // before it is copied, everything else while it is copied.
    std::error_code error;
    if (storedSizes().contains(fs::file_size(file.source, error)) && !error) {
      if (const auto* known = stored(sha512OfFile(file.source).hex())) return *known;
    }
    const fs::path target = prepare(file.logicalPath);
    const auto written = disk_.copy(file.source, target);
    const std::string digest = written.sha512.hex();
    if (const auto* known = stored(digest)) {
      disk_.removeFile(target);
      dropEmptyFolders(target.parent_path());
      return *known;
    }
    return note(digest, file.logicalPath);
  }

  const std::string* stored(const std::string& digest) const {
    const auto found = lower_.find(digest);
    return found == lower_.end() ? nullptr : &found->second;
  }

  std::string note(const std::string& digest, const std::string& logicalPath) {
    inventory_.manifest[digest] = {version_ + "/" + inventory_.contentFolder() + "/" + logicalPath};
    lower_[digest] = digest;
    return digest;
  }

  fs::path prepare(const std::string& logicalPath) {
    fs::path folder = folder_ / inventory_.contentFolder();
    disk_.makeFolder(folder);
    const auto parts = pathParts(logicalPath);
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      folder /= parts[i];
      if (made_.insert(folder).second) disk_.makeFolder(folder);
    }
    return folder / parts.back();
  }

  /// OCFL 1.1, 3.3.1: no empty folders in content (E024), no content folder without files (W003).
  void dropEmptyFolders(fs::path folder) {
    for (std::error_code error; folder != folder_ && fs::is_empty(folder, error) && !error;
         folder = folder.parent_path()) {
      fs::remove(folder, error);
      made_.erase(folder);
    }
  }

  const std::set<std::uintmax_t>& storedSizes() {
    if (!sizesRead_) {
      for (const auto& [digest, paths] : inventory_.manifest) {
        std::error_code error;
        const auto size = fs::file_size(object_ / paths.front(), error);
        if (!error) sizes_.insert(size);
      }
      sizesRead_ = true;
    }
    return sizes_;
  }

  Inventory& inventory_;
  fs::path object_, folder_;
  std::string version_;
  const Disk& disk_;
  std::map<std::string, std::string> lower_;  ///< digest in lower case -> as in the manifest
  std::set<fs::path> made_;
  std::set<std::uintmax_t> sizes_;
  bool sizesRead_ = false;
};

}  // namespace

int Repository::commit(const std::string& objectId, int expectedHead,
                       const std::vector<ContentFile>& files, const VersionInfo& info) try {
  requirePlain(files);
  const Disk disk(hook_);
  const fs::path object = root_ / layoutPath(objectId);
  Transaction transaction(root_, objectId, disk);
  auto current = loadObject(root_, objectId);
  if ((current ? current->head : 0) != expectedHead) {
    throw BatchError(Cause::repositoryDamaged,
                     objectId + ": version " + std::to_string(expectedHead) + " was expected, " +
                         std::to_string(current ? current->head : 0) + " is there");
  }
  const int number = expectedHead + 1;
  const std::string version = "v" + std::to_string(number);
  Inventory inventory;
  if (current) {
    if (current->inventory.digestAlgorithm != "sha512" ||
        current->inventory.head != "v" + std::to_string(expectedHead)) {
      throw BatchError(Cause::repositoryDamaged,
                       objectId + ": was not written by us (digest algorithm or version names)");
    }
    inventory = std::move(current->inventory);
  } else {
    inventory.id = objectId;
    inventory.digestAlgorithm = "sha512";
  }
  inventory.type = kInventoryType;
  inventory.head = version;
  auto& block = inventory.versions[version];
  block.created = isoUtc(info.created);
  block.message = info.message;
  block.user = {info.userName, info.userAddress};

  fs::path build = transaction.folder();
  if (!current) {
    build /= "new";
    disk.makeFolder(build);
    for (const fs::path& part : layoutPath(objectId)) disk.makeFolder(build /= part);
    disk.write(build / kObjectDeclaration, std::string(kObjectDeclaration.substr(2)) + "\n");
  }
  disk.makeFolder(build / version);
  ContentWriter writer(inventory, object, build / version, version, disk);
  for (const ContentFile& file : files) writer.add(file);
  for (auto& [digest, paths] : block.state) std::sort(paths.begin(), paths.end());

  const std::string bytes = toJson(inventory), sidecar = sidecarOf(bytes);
  for (const fs::path& folder : {build / version, build}) {
    disk.write(folder / kInventoryName, bytes);
    disk.write(folder / kSidecarName, sidecar);
  }
  if (!current) {
    disk.syncTree(transaction.folder() / "new");
    if (!transaction.publishObject()) {
      throw BatchError(Cause::repositoryDamaged, objectId + ": exists already");
    }
    return number;
  }
  disk.syncTree(build / version);
  disk.syncFile(build / kInventoryName);
  disk.syncFile(build / kSidecarName);
  transaction.note(number);
  transaction.publishVersion(number);
  return number;
} catch (const fs::filesystem_error& error) {
  throwDiskError("cannot access", error.path1(), error.code().value());
}

}  // namespace sohoa
