#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/record.h"
#include "core/result.h"
#include "pdf/incoming/incoming.h"
#include "pipeline/batch/stack_plan.h"

namespace sohoa {

/// One file of a dossier as taken in. Counts and hashes are fixed here, once.
struct IntakeFile {
  OriginalFile original;
  FileKind kind = FileKind::jpeg;
  bool alreadySigned = false;
  /// For a scan signed by the person who scanned it: the subject of that certificate
  /// (signed_scans.h).
  std::string scanSigner{};
  std::string receivedBecause{};  ///< why a signed PDF is filed as received
  std::vector<IncomingPage> pages;
  /// For a page that was scanned again: the page it replaces, which is kept with the originals and
  /// is not part of the document.
  struct Place {
    std::string name;  ///< file name
    int index = 0;     ///< page in that file, from 0
    bool operator==(const Place&) const = default;
  };
  std::optional<Place> replaces;

  /// A document made elsewhere, to be filed unchanged: its pages are not read.
  bool asReceived() const { return alreadySigned && scanSigner.empty(); }
};

/// Findings about a stack that only a person can divide.
struct HeldStack {
  bool loose = false;            ///< a file next to the folders, not a folder
  std::vector<StackPage> pages;  ///< empty when the pages could not be examined
  StackPlan plan;
};

/// One folder of a batch, one undivided stack, or one stray file next to the folders.
struct IntakeItem {
  std::string folder;             ///< name on disk, as raw bytes
  std::string code;               ///< dossier code; the folder name made printable if it is no code
  std::vector<IntakeFile> files;  ///< in natural order
  std::optional<ItemError> problem;  ///< found at intake: the dossier is not processed further
  std::optional<HeldStack> stack{};
  std::string excludedReason{};  ///< RegisterRow::excludedReason when it was taken in
  int declaredPages = 0;  ///< counted by a person before scanning (BatchNotes); 0: not counted
  std::vector<PageTwin> twins{};  ///< files that are equal to others of the batch
  /// Pages that count: all but separator sheets and images that a rescan replaced.
  int pageCount() const;
};

/// A divided stack. Its dossiers are items of the batch, with files of their own.
struct DividedStack {
  std::string folder;               ///< name of the folder or file on disk
  std::vector<OriginalFile> files;  ///< as they came in
  std::vector<StackPart> parts;
};

/// A page of a dossier and the file that holds its image.
struct ItemPage {
  const IntakeFile* file = nullptr;
  int index = 0;                         ///< page in that file, from 0
  const IntakeFile* replaced = nullptr;  ///< for a rescanned page: the file of its first image
};
/// The pages of a dossier in order, without those of PDFs that are filed as received. The result
/// points into `item`.
std::vector<ItemPage> pagesOf(const IntakeItem& item);
/// Number of paper sides with content in a dossier's images, to compare with the count made by
/// people. A page scanned twice because of a sticky note counts once.
int countedPages(const IntakeItem& item);
/// Name of a page in messages: "001.jpg", or "stack.tif, 3".
std::string pageName(const IntakeFile& file, int index);

/// One closed batch as it came in. Written to state/batches/<id>.json before any further step, so
/// that every later step can be checked against it.
struct Batch {
  std::string id;  ///< folder name in intake/, with ~2 … appended when the name was used before
  std::string folder;  ///< folder name in intake/
  Time receivedAt{};
  bool resumed = false;  ///< taken in by an earlier run; not written
  std::vector<IntakeItem> items;
  std::vector<DividedStack> stacks{};
  std::vector<std::string> scannedBy{};  ///< persons; empty when not known
};

std::string toJson(const Batch& batch);
/// Throws BatchError(diskError) when the text was not written by toJson.
Batch batchFromJson(const std::string& json);

}  // namespace sohoa
