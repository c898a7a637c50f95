#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/record.h"
#include "core/result.h"
#include "pdf/incoming.h"

namespace sohoa {

/// One file of a dossier as it was taken in: counts and hashes are fixed here, once.
struct IntakeFile {
  OriginalFile original;
  FileKind kind = FileKind::jpeg;
  bool alreadySigned = false;
  std::vector<IncomingPage> pages;
};

/// One folder of a batch, or one stray file beside the folders.
struct IntakeItem {
  std::string folder;   ///< name on disk, bytes as they are
  std::string code;     ///< dossier code; printable folder name when it is none
  std::vector<IntakeFile> files;  ///< natural order
  std::optional<ItemError> problem;  ///< found at intake: the dossier goes no further by itself
  int pageCount() const;
};

/// What came in with one closed batch; written to state/batches/<id>.json before anything else
/// happens to it, so that whatever follows can be checked against it.
struct Batch {
  std::string id;      ///< folder name in intake/, with ~2 … when the name was used before
  std::string folder;  ///< in intake/
  Time receivedAt{};
  bool resumed = false;  ///< was taken in by an earlier run; not written
  std::vector<IntakeItem> items;
};

std::string toJson(const Batch& batch);
/// Throws BatchError(diskError) when the text is not what toJson wrote.
Batch batchFromJson(const std::string& json);

}  // namespace sohoa
