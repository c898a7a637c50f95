#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/digest.h"
#include "core/result.h"
#include "storage/disk/disk_hook.h"
#include "storage/ocfl/finding.h"

namespace sohoa {

/// Who made a version, for the inventory (OCFL 1.1, 3.5.3.1).
struct VersionInfo {
  Time created{};
  std::string message;
  std::string userName, userAddress;  ///< address as a URI, for example urn:sohoa:agency:…
};

/// One content file of the version to commit.
struct ContentFile {
  std::string logicalPath;       ///< "documents/<code>-KQ1.pdf", '/' separated
  std::filesystem::path source;  ///< file to copy from; empty: take `bytes`
  std::string bytes;
};

/// An OCFL 1.1 storage root with layout 0003-hash-and-id-n-tuple-storage-layout.
/// Thread-safe. Writers of the same object, in any process, take turns; readers never wait and
/// see either the old or the new version.
///
/// An object that cannot be read as OCFL (damaged inventory, wrong sidecar) makes every function
/// throw BatchError(repositoryDamaged); validateObject() says what is wrong instead.
class Repository {
 public:
  /// Makes an empty storage root in `root` (which must not exist or be empty).
  static void create(const std::filesystem::path& root);
  /// Throws BatchError(repositoryForeign) when it is not one of ours. Finishes or removes what a
  /// crash left in the work area, unless another process is at it.
  static Repository open(const std::filesystem::path& root, DiskHook hook = {});

  /// Throws BatchError(diskError | diskFull) where nothing can be written.
  void requireWritable() const;

  /// Head version (from 1), or nothing when the object does not exist.
  std::optional<int> head(const std::string& objectId) const;
  /// Commits `files` as the complete state of a new version in the crash-safe order of
  /// storage/README.md and returns its number. `expectedHead` 0 means a new object; another head
  /// than expected throws BatchError(repositoryDamaged). Equal content is stored once per object.
  /// When it throws, the previous state stays visible; std::invalid_argument is a bug of the
  /// caller: no files, or a logical path that is not "a/b/c" of plain parts.
  int commit(const std::string& objectId, int expectedHead, const std::vector<ContentFile>& files,
             const VersionInfo& info);
  /// Where a logical file of the head version lies on disk; nothing when there is none.
  std::optional<std::filesystem::path> find(const std::string& objectId,
                                            const std::string& logicalPath) const;
  /// Logical path -> place on disk, for the given version (0: head).
  /// Empty when there is no such object or version.
  std::map<std::string, std::filesystem::path> files(const std::string& objectId,
                                                     int version = 0) const;
  /// Digest of a version's own inventory, which states the digest of every file of the version: who
  /// keeps it elsewhere can tell the version from any other. Throws BatchError(repositoryDamaged)
  /// when there is none.
  Sha512 inventoryDigest(const std::string& objectId, int version) const;
  /// Who made a version (0: head), when and why; nothing when there is no such version.
  std::optional<VersionInfo> versionInfo(const std::string& objectId, int version = 0) const;
  /// What became of one object of another repository that was to be copied here.
  struct Copied {
    enum class Kind {
      same,         ///< was here already
      added,        ///< the whole object
      extended,     ///< versions that were missing here
      newer,        ///< here are more versions than there, of the same history
      differs,      ///< here is another history of that identifier: nothing was changed
      damaged,      ///< the source does not hold: nothing of it was published
      damagedHere,  ///< the object here cannot be read: nothing was changed
    } kind = Kind::same;
    std::string what;         ///< of the last three: English
    int versions = 0;         ///< of the object here, afterwards
    std::uint64_t bytes = 0;  ///< copied
  };
  /// Copies an object with all its versions as they are, byte for byte: what is missing here, in
  /// the order of commit() and as safe. Each file is hashed on its way, and the whole is
  /// validated before a new object is published.
  Copied copyFrom(const Repository& source, const std::string& objectId);
  /// Takes an object out of the hierarchy: moves its folder to `target`, which must not exist, on
  /// the same file system. For damaged objects that a copy replaces.
  void setAside(const std::string& objectId, const std::filesystem::path& target);
  /// Folder of the object, relative to the root.
  std::filesystem::path objectPath(const std::string& objectId) const;
  /// Calls back with every object id, sorted by path. Holds one folder's names in memory at a time.
  /// An object whose inventory cannot be read goes to `unreadable` (its folder, and why), or,
  /// without one, is thrown as BatchError(repositoryDamaged).
  using Unreadable =
      std::function<void(const std::filesystem::path& object, const std::string& why)>;
  void forEach(const std::function<void(const std::string& objectId)>& visit,
               const Unreadable& unreadable = {}) const;
  /// Re-reads and re-hashes everything of one object / of the storage root itself.
  std::vector<OcflFinding> validateObject(const std::string& objectId) const;
  std::vector<OcflFinding> validateRoot() const;
  const std::filesystem::path& root() const { return root_; }

 private:
  Repository(std::filesystem::path root, DiskHook hook)
      : root_(std::move(root)), hook_(std::move(hook)) {}
  std::filesystem::path root_;
  DiskHook hook_;
};

}  // namespace sohoa
