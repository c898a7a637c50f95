#pragma once

#include <filesystem>
#include <string>

#include "pipeline/scanning/scan_batch.h"

namespace sohoa {

/// The journal of one batch that is being scanned, state/scans/<batch>.jsonl: a JSON line for
/// everything that happened to its paper, synced before the call returns. What it says is what has
/// been scanned; page files are only its contents. A line that a crash left unfinished is cut off
/// when the journal is opened, since nobody was told of it.
class ScanJournal {
 public:
  /// Holds the journal alone until the object goes away. Throws BatchError(scanBusy | diskError).
  explicit ScanJournal(std::filesystem::path file);
  ~ScanJournal();
  ScanJournal(const ScanJournal&) = delete;
  ScanJournal& operator=(const ScanJournal&) = delete;

  const ScanBatch& batch() const { return batch_; }
  bool started() const { return lines_ > 0; }

  void beginStack(const ScanStack& stack, const std::string& at);
  /// Before the first sheet of a load moves.
  void load();
  /// The sides just written: of a new sheet, or the back of sheet `sheet`.
  void kept(int sheet, const std::vector<ScannedFile>& sides, const std::string& at);
  void empty();
  void trouble(const std::string& causeCode);
  /// A person put the stack back with this sheet on top.
  void answered(int sheet, const std::string& person, const std::string& at);
  void counted(int sheets, const std::string& person);
  void turned();
  /// With `closing` the batch is to be closed at once.
  void completed(bool closing);
  void dropped(const std::string& person, const std::string& at);
  void state(ScanBatch::State state, const std::string& person, const std::string& at);

  /// What a journal says, for a look from outside. Empty when there is none.
  static ScanBatch read(const std::filesystem::path& file);

 private:
  void append(const std::string& line);
  std::filesystem::path file_;
  int fd_ = -1;
  int lines_ = 0;
  ScanBatch batch_;
};

}  // namespace sohoa
