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

/// One file of a dossier as it was taken in: counts and hashes are fixed here, once.
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
    std::string name;  ///< of the file
    int index = 0;     ///< page in it, from 0
    bool operator==(const Place&) const = default;
  };
  std::optional<Place> replaces;

  /// A document made elsewhere, to be filed unchanged: its pages are not read.
  bool asReceived() const { return alreadySigned && scanSigner.empty(); }
};

/// Findings about a stack that only a person can divide.
struct HeldStack {
  bool loose = false;            ///< a file beside the folders, not a folder
  std::vector<StackPage> pages;  ///< empty when its pages could not be looked at
  StackPlan plan;
};

/// One folder of a batch, one stack that is not divided, or one stray file beside the folders.
struct IntakeItem {
  std::string folder;                ///< name on disk, bytes as they are
  std::string code;                  ///< dossier code; printable folder name when it is none
  std::vector<IntakeFile> files;     ///< natural order
  std::optional<ItemError> problem;  ///< found at intake: the dossier goes no further by itself
  std::optional<HeldStack> stack{};
  std::string excludedReason{};  ///< RegisterRow::excludedReason when it was taken in
  int declaredPages = 0;  ///< counted by a person before scanning (BatchNotes); 0: not counted
  std::vector<PageTwin> twins{};  ///< files that are equal to others of the batch
  /// Pages that count: all but separator sheets and images that a rescan replaced.
  int pageCount() const;
};

/// A stack that was divided: its dossiers are items of the batch, with files of their own.
struct DividedStack {
  std::string folder;               ///< name on disk of the folder or file
  std::vector<OriginalFile> files;  ///< as they came in
  std::vector<StackPart> parts;
};

/// A page of a dossier, and where its image is.
struct ItemPage {
  const IntakeFile* file = nullptr;
  int index = 0;                         ///< in that file, from 0
  const IntakeFile* replaced = nullptr;  ///< of a page scanned again: the file of its first image
};
/// The pages of a dossier in order, without those of PDFs that are filed as received. Points into
/// `item`.
std::vector<ItemPage> pagesOf(const IntakeItem& item);
/// Sides of paper with content that a dossier's images show, to compare with what people counted:
/// a page scanned twice because of a sticky note counts once.
int countedPages(const IntakeItem& item);
/// "001.jpg", or "stack.tif, 3": how a page is called where a problem is about it.
std::string pageName(const IntakeFile& file, int index);

/// One closed batch as it came in. Written to state/batches/<id>.json before any further step, so
/// that every later step can be checked against it.
struct Batch {
  std::string id;      ///< folder name in intake/, with ~2 … when the name was used before
  std::string folder;  ///< in intake/
  Time receivedAt{};
  bool resumed = false;  ///< was taken in by an earlier run; not written
  std::vector<IntakeItem> items;
  std::vector<DividedStack> stacks{};
  std::vector<std::string> scannedBy{};  ///< persons; empty when not known
};

std::string toJson(const Batch& batch);
/// Throws BatchError(diskError) when the text is not what toJson wrote.
Batch batchFromJson(const std::string& json);

}  // namespace sohoa
