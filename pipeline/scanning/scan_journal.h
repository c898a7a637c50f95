#pragma once

#include <filesystem>
#include <string>

#include "pipeline/scanning/scan_batch.h"

namespace sohoa {

/// The journal of one batch being scanned, state/scans/<batch>.jsonl: one JSON line for each event,
/// synced before the call returns. The journal decides what has been scanned; the page files are
/// only the content. A line left incomplete by a crash is cut off when the journal is opened, since
/// no caller was told of it.
class ScanJournal {
 public:
  /// Locks the journal until the object is destroyed. Throws BatchError(scanBusy | diskError).
  explicit ScanJournal(std::filesystem::path file);
  ~ScanJournal();
  ScanJournal(const ScanJournal&) = delete;
  ScanJournal& operator=(const ScanJournal&) = delete;

  const ScanBatch& batch() const { return batch_; }
  bool started() const { return lines_ > 0; }

  void beginStack(const ScanStack& stack, const std::string& at);
  /// Call before the first sheet of a load moves.
  void load();
  /// The sides just written: of a new sheet, or the back of sheet number `sheet`.
  void kept(int sheet, const std::vector<ScannedFile>& sides, const std::string& at);
  void empty();
  void trouble(const std::string& causeCode);
  /// A person put the stack back with this sheet on top.
  void answered(int sheet, const std::string& person, const std::string& at);
  void counted(int sheets, const std::string& person);
  void turned();
  /// `closing`: the batch is to be closed next.
  void completed(bool closing);
  void dropped(const std::string& person, const std::string& at);
  void state(ScanBatch::State state, const std::string& person, const std::string& at);

  /// Reads a journal without locking it. The result is empty when there is none.
  static ScanBatch read(const std::filesystem::path& file);

 private:
  void append(const std::string& line);
  std::filesystem::path file_;
  int fd_ = -1;
  int lines_ = 0;
  ScanBatch batch_;
};

}  // namespace sohoa
