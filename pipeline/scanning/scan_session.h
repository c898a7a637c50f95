#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "pipeline/scanning/scan_journal.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// Receives the progress of a stack while it is scanned.
class ScanListener {
 public:
  virtual ~ScanListener() = default;
  /// The sheet's pages are durably on disk and in the journal.
  virtual void kept(const ScanStack& stack, int sheet, const std::vector<ScannedFile>& sides) = 0;
};

/// How a load of the feeder ended.
struct LoadEnd {
  int sheets = 0;            ///< kept in this load
  bool interrupted = false;  ///< by the person, between two sheets
  std::optional<ItemError> trouble;
};

/// Scans batches into intake/, whose pages, order and completeness are recorded from the first
/// sheet on. The process may die or the device disconnect at any time: the journal then tells which
/// sheet must be on top of the feeder, and no page is lost or duplicated.
class ScanSession {
 public:
  /// Opens or creates a batch. A batch whose closing was interrupted is closed now. Throws
  /// BatchError: scanBatchClosed, scanBatchForeign, scanBusy.
  ScanSession(const Site& site, const std::string& batch, std::string person, const Clock& clock);

  const ScanBatch& batch() const { return journal_->batch(); }
  /// The constructor closed the batch: no further operation is possible.
  bool closedOnOpening() const { return closedOnOpening_; }
  const ScanStack* unfinished() const { return batch().unfinished(); }
  /// The last page file kept in the unfinished stack, for a person to compare; may be empty.
  std::filesystem::path lastPage() const;

  /// Begins a stack in the folder of a dossier, or, when `folder` is empty, in the next free
  /// stack-NNN. With `append` its pages follow the existing ones. Causes: scanUnfinished,
  /// scanFolderExists.
  Result<void> begin(ScanStack stack, bool append);
  /// Records which sheet of the unfinished stack is on top of the feeder. Causes: scanSheetMissing.
  Result<void> answer(int sheet);
  /// Records a new count made by a person.
  void recount(int sheets);
  /// Records that the fronts are done and the whole stack was turned over.
  void turn();
  /// Scans until the feeder is empty (on a flatbed: one side). `moved` must be false for the stack.
  LoadEnd runLoad(Scanner& scanner, ScanListener& listener, const std::atomic<bool>& stop);
  /// Completes the unfinished stack; `closing` announces close(), which then happens even after a
  /// crash. Causes: scanCount, scanNothing, scanUnfinished (backs are missing).
  Result<void> finish(bool closing);
  /// Gives up the unfinished stack; its pages are set aside, not deleted.
  void drop();
  /// Reads every page again, then writes the manifest and `.done`, after which the nightly run may
  /// take in the batch. Causes: scanUnfinished, scanNothing, scanFileChanged.
  Result<void> close();

  /// Files found in the batch that are not its pages and were set aside: names in the batch.
  const std::vector<std::string>& unexpectedFiles() const { return strangers_; }
  /// Journal path of a batch, whether it exists or not.
  static std::filesystem::path journalOf(const Site& site, const std::string& batch);

 private:
  std::filesystem::path folder() const { return site_.intake() / name_; }
  std::string now() const { return isoVietnam(clock_.now()); }
  void adopt();
  void putAside();
  Result<bool> nextSheet(Scanner& scanner, ScanListener& listener);
  std::vector<ScannedFile> write(int sheet, const std::vector<PageImage>& sides, int firstSide);
  Result<std::string> manifest() const;

  const Site& site_;
  std::string name_;
  std::string person_;
  const Clock& clock_;
  std::optional<ScanJournal> journal_;
  bool closedOnOpening_ = false;
  std::vector<std::string> strangers_;
};

}  // namespace sohoa
