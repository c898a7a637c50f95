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

/// What went on at the scanner: batches under intake/ whose pages, order and completeness are known
/// from the first sheet on. A process may die, or a device go, at any moment: the journal then says
/// which sheet must lie on top of the feeder, and nothing is lost or doubled.
class ScanSession {
 public:
  /// Opens or makes a batch; one whose closing was cut off is closed. Throws BatchError:
  /// scanBatchClosed, scanBatchForeign, scanBusy.
  ScanSession(const Site& site, const std::string& batch, std::string person, const Clock& clock);

  const ScanBatch& batch() const { return journal_->batch(); }
  /// The batch was closed on opening: nothing more can be done with it.
  bool closedOnOpening() const { return closedOnOpening_; }
  const ScanStack* unfinished() const { return batch().unfinished(); }
  /// The page file that was kept last in the unfinished stack, for a person to compare; may be
  /// empty.
  std::filesystem::path lastPage() const;

  /// Begins a stack: into the folder of a dossier, or, when `folder` is empty, the next free
  /// stack-NNN. With `append` its pages follow those that are there. Causes: scanUnfinished,
  /// scanFolderExists.
  Result<void> begin(ScanStack stack, bool append);
  /// Of the unfinished stack: this sheet lies on top of the feeder. Causes: scanSheetMissing.
  Result<void> answer(int sheet);
  /// A person has counted again.
  void recount(int sheets);
  /// The fronts are done and the whole stack was turned over.
  void turn();
  /// Scans until the feeder is empty (from the glass: one side). The stack must not have `moved`.
  LoadEnd runLoad(Scanner& scanner, ScanListener& listener, const std::atomic<bool>& stop);
  /// Ends the unfinished stack; with `closing`, close() is to follow, also after a crash. Causes:
  /// scanCount, scanNothing, scanUnfinished (backs are missing).
  Result<void> finish(bool closing);
  /// Gives the unfinished stack up; its pages are put aside, not deleted.
  void drop();
  /// Reads every page again, writes the manifest and `.done`: from here on the night may take the
  /// batch. Causes: scanUnfinished, scanNothing, scanFileChanged.
  Result<void> close();

  /// Files that lay in the batch, were no pages of it, and were put aside: names in the batch.
  const std::vector<std::string>& unexpectedFiles() const { return strangers_; }
  /// Journal of a batch, whether it exists or not.
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
