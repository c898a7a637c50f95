#pragma once

#include <filesystem>
#include <string>

#include "storage/disk/disk.h"

namespace sohoa {

/// Where unfinished commits are built: inside the storage root, so that it is on the same file
/// system and every host that shares the root sees it; in `extensions/`, the one place where
/// OCFL 1.1 (4.4) lets other folders be; there only while somebody writes.
std::filesystem::path workArea(const std::filesystem::path& root);

/// The folder in which one object's next version is built, locked against other processes.
/// Its destructor removes what was not published.
class Transaction {
 public:
  /// Waits for another writer of the object; first finishes what a crash of one left there.
  Transaction(const std::filesystem::path& root, const std::string& objectId, const Disk& disk);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  /// Notes what is being done, so that recovery finds the object; synced, with the folders above.
  void note(int version);
  /// Makes a whole new object visible: `folder()/new/<layout path>` moves into the storage root in
  /// one rename of the topmost folder that is missing there. False when the object exists already.
  bool publishObject();
  /// Makes version folder `folder()/v<N>` and then the root inventory `folder()/inventory.json`
  /// visible. When a step fails, the earlier state is put back where that is possible.
  void publishVersion(int version);

  /// Finishes or removes everything in the work area that no living process holds.
  static void recoverAll(const std::filesystem::path& root, const Disk& disk);

 private:
  std::filesystem::path root_, folder_;
  std::string objectId_;
  const Disk& disk_;
  int lock_ = -1;
  bool keep_ = false;  ///< recovery has to finish it
};

}  // namespace sohoa
