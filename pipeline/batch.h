#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/record.h"
#include "core/result.h"
#include "pdf/incoming.h"
#include "pipeline/stack_plan.h"

namespace sohoa {

/// One file of a dossier as it was taken in: counts and hashes are fixed here, once.
struct IntakeFile {
  OriginalFile original;
  FileKind kind = FileKind::jpeg;
  bool alreadySigned = false;
  std::vector<IncomingPage> pages;
};

/// What was seen of a stack that only a person can divide.
struct HeldStack {
  bool loose = false;            ///< a file beside the folders, not a folder
  std::vector<StackPage> pages;  ///< empty when its pages could not be looked at
  StackPlan plan;
};

/// One folder of a batch, one stack that is not divided, or one stray file beside the folders.
struct IntakeItem {
  std::string folder;   ///< name on disk, bytes as they are
  std::string code;     ///< dossier code; printable folder name when it is none
  std::vector<IntakeFile> files;  ///< natural order
  std::optional<ItemError> problem;  ///< found at intake: the dossier goes no further by itself
  std::optional<HeldStack> stack{};
  int pageCount() const;  ///< without separator sheets
};

/// A stack that was divided: its dossiers are items of the batch, with files of their own.
struct DividedStack {
  std::string folder;  ///< name on disk of the folder or file
  std::vector<OriginalFile> files;  ///< as they came in
  std::vector<StackPart> parts;
};

/// What came in with one closed batch; written to state/batches/<id>.json before anything else
/// happens to it, so that whatever follows can be checked against it.
struct Batch {
  std::string id;      ///< folder name in intake/, with ~2 … when the name was used before
  std::string folder;  ///< in intake/
  Time receivedAt{};
  bool resumed = false;  ///< was taken in by an earlier run; not written
  std::vector<IntakeItem> items;
  std::vector<DividedStack> stacks;
};

std::string toJson(const Batch& batch);
/// Throws BatchError(diskError) when the text is not what toJson wrote.
Batch batchFromJson(const std::string& json);

}  // namespace sohoa
