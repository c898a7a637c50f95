#include <unistd.h>

#include <set>

#include "core/durable.h"
#include "core/result.h"
#include "storage/ocfl/ocfl_layout.h"
#include "storage/ocfl/ocfl_object.h"
#include "storage/repository/repository.h"
#include "storage/repository/transaction.h"
#include "storage/validator/validator.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using Copied = Repository::Copied;

std::string versionName(int number) { return "v" + std::to_string(number); }

/// The inventory of an earlier version, byte for byte; empty when it is not there.
std::string inventoryOf(const fs::path& object, int version) {
  const fs::path file = object / versionName(version) / kInventoryName;
  std::error_code error;
  return fs::is_regular_file(file, error) ? readFile(file) : std::string();
}

Copied refused(Copied::Kind kind, std::string what) {
  Copied copied;
  copied.kind = kind;
  copied.what = std::move(what);
  return copied;
}

/// Copies versions of one object into a folder being built, checking every file on its way.
class VersionCopier {
 public:
  VersionCopier(const fs::path& source, const LoadedInventory& loaded, const Disk& disk)
      : source_(source), loaded_(loaded), disk_(disk) {}

  /// Content, inventory and sidecar of one version. False: the source does not hold, see what().
  bool copyVersion(int version, const fs::path& build) {
    const std::string name = versionName(version);
    disk_.makeFolder(build / name);
    for (const auto& [digest, paths] : loaded_.inventory.manifest) {
      for (const std::string& path : paths) {
        if (!path.starts_with(name + "/")) continue;
        if (!copyContent(path, digest, build)) return false;
      }
    }
    if (!inventoryHolds(source_ / name)) {
      what_ = name + ": inventory.json does not fit its sidecar";
      return false;
    }
    for (const std::string_view file : {kInventoryName, kSidecarName}) {
      disk_.write(build / name / file, readFile(source_ / name / file));
    }
    return true;
  }

  /// Inventory and sidecar of the object's root as of a version.
  void copyRootInventory(int version, const fs::path& build) const {
    for (const std::string_view file : {kInventoryName, kSidecarName}) {
      disk_.write(build / file, readFile(source_ / versionName(version) / file));
    }
  }

  const std::string& what() const { return what_; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  bool copyContent(const std::string& path, const std::string& digest, const fs::path& build) {
    fs::path folder = build;
    const auto parts = pathParts(path);
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      folder /= parts[i];
      if (made_.insert(folder).second) disk_.makeFolder(folder);
    }
    std::error_code error;
    if (!fs::is_regular_file(source_ / path, error)) {
      what_ = path + " is missing";
      return false;
    }
    const auto written = disk_.copy(source_ / path, build / path);
    bytes_ += written.bytes;
    if (written.sha512.hex() == lowerHex(digest)) return true;
    what_ = path + ": the content has another sha512 than " + digest;
    return false;
  }

  fs::path source_;
  const LoadedInventory& loaded_;
  const Disk& disk_;
  std::set<fs::path> made_;
  std::string what_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

Copied Repository::copyFrom(const Repository& source, const std::string& objectId) try {
  const Disk disk(hook_);
  const fs::path from = source.root_ / layoutPath(objectId), here = root_ / layoutPath(objectId);
  std::optional<LoadedInventory> theirs, ours;
  try {
    theirs = loadObject(source.root_, objectId);
  } catch (const BatchError& error) {
    if (error.cause() != Cause::repositoryDamaged) throw;
    return refused(Copied::Kind::damaged, error.detail());
  }
  if (!theirs) return refused(Copied::Kind::damaged, "there is no such object");
  // Our own objects have both; only of such can the copy be proved version by version.
  if (theirs->inventory.digestAlgorithm != "sha512" ||
      inventoryOf(from, theirs->head) != theirs->bytes) {
    return refused(Copied::Kind::damaged, "the newest version's inventory is not the object's");
  }
  std::error_code error;
  if (!fs::exists(here, error)) {
    Transaction transaction(root_, objectId, disk);
    fs::path build = transaction.folder() / "new";
    disk.makeFolder(build);
    for (const fs::path& part : layoutPath(objectId)) disk.makeFolder(build /= part);
    disk.write(build / kObjectDeclaration, std::string(kObjectDeclaration.substr(2)) + "\n");
    VersionCopier copier(from, *theirs, disk);
    for (int version = 1; version <= theirs->head; ++version) {
      if (!copier.copyVersion(version, build)) {
        return refused(Copied::Kind::damaged, copier.what());
      }
    }
    copier.copyRootInventory(theirs->head, build);
    for (const OcflFinding& finding : validateOcflObject(build)) {
      if (!finding.warning()) {
        return refused(Copied::Kind::damaged,
                       finding.code + " " + finding.where + ": " + finding.what);
      }
    }
    disk.syncTree(transaction.folder() / "new");
    if (transaction.publishObject()) {
      return {Copied::Kind::added, "", theirs->head, copier.bytes()};
    }
    // Somebody else filed it meanwhile: compare with that.
  }
  try {
    ours = loadObject(root_, objectId);
  } catch (const BatchError& fault) {
    if (fault.cause() != Cause::repositoryDamaged) throw;
    return refused(Copied::Kind::damagedHere, fault.detail());
  }
  const int common = std::min(ours->head, theirs->head);
  const std::string& older = ours->head < theirs->head ? ours->bytes : theirs->bytes;
  if (inventoryOf(ours->head < theirs->head ? from : here, common) != older) {
    return refused(Copied::Kind::differs,
                   "version " + std::to_string(common) + " is another one in the copy");
  }
  if (ours->head >= theirs->head) {
    return {ours->head > theirs->head ? Copied::Kind::newer : Copied::Kind::same, "", ours->head,
            0};
  }
  Copied copied{Copied::Kind::extended, "", ours->head, 0};
  for (int version = ours->head + 1; version <= theirs->head; ++version) {
    Transaction transaction(root_, objectId, disk);
    VersionCopier copier(from, *theirs, disk);
    if (!copier.copyVersion(version, transaction.folder())) {
      return refused(Copied::Kind::damaged, copier.what());
    }
    copier.copyRootInventory(version, transaction.folder());
    const fs::path build = transaction.folder();
    disk.syncTree(build / versionName(version));
    disk.syncFile(build / kInventoryName);
    disk.syncFile(build / kSidecarName);
    transaction.note(version);
    transaction.publishVersion(version);
    copied.versions = version;
    copied.bytes += copier.bytes();
  }
  return copied;
} catch (const fs::filesystem_error& error) {
  throwDiskError("cannot access", error.path1(), error.code().value());
}

void Repository::setAside(const std::string& objectId, const fs::path& target) try {
  const Disk disk(hook_);
  const fs::path object = root_ / layoutPath(objectId);
  createFoldersDurably(target.parent_path());
  if (!disk.rename(object, target)) {
    throw BatchError(Cause::diskError, target.string() + " exists already");
  }
  disk.syncFolder(target.parent_path());
  // No empty folders may stay in the hierarchy (OCFL 1.1, 4.2).
  fs::path folder = object.parent_path();
  while (folder != root_ && ::rmdir(folder.c_str()) == 0) folder = folder.parent_path();
  disk.syncFolder(folder);
} catch (const fs::filesystem_error& error) {
  throwDiskError("cannot move", error.path1(), error.code().value());
}

}  // namespace sohoa
