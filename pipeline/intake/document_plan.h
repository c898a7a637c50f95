#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document_kind.h"
#include "pipeline/batch/batch.h"

namespace sohoa {

/// A label in the name of a folder or file inside a dossier: "KQ1", "TP2 Đơn đề nghị", "XL1-Phiếu ý
/// kiến".
struct DocumentLabel {
  DocumentKind kind = DocumentKind::result;
  int number = 1;    ///< from 1
  std::string name;  ///< the words after it, as written by a person; may be empty
  /// "KQ1", "TP2": of the document, whatever it is called.
  std::string text() const { return std::string(markOf(kind)) + std::to_string(number); }
  bool operator==(const DocumentLabel&) const = default;
};

/// Parses a folder name: the mark in any case, a number of one or two digits, then nothing or a
/// name.
std::optional<DocumentLabel> labelOfFolder(std::string_view folder);
/// Parses a file name likewise, but a number with a leading zero is a page number (KQ01.jpg), and
/// so is a number at the end of the name: TP2 Đơn đề nghị-003.jpg.
std::optional<DocumentLabel> labelOfFile(std::string_view file);

/// A document of a dossier and its files.
struct PlannedDocument {
  DocumentLabel label;
  std::vector<std::size_t> files;  ///< indices into IntakeItem::files, in page order
  bool asReceived = false;         ///< a single PDF that came in signed
  /// likewise, but a scan signed by the person who scanned it: it is digitised
  bool signedScan = false;
};

/// Groups the files of a dossier into documents: results first, each kind by number. A file belongs
/// to the document named by its folder, or else by its own name. Files without a label form KQ1;
/// each signed PDF among them is a further result. Separator sheets belong to no document; pages of
/// a stack form one result. Cause documentAmbiguous: the names do not determine the document of a
/// file.
Result<std::vector<PlannedDocument>> planDocuments(const std::vector<IntakeFile>& files);

/// Whether the agency signs documents of this kind: results and processing documents (NĐ
/// 45/2020/NĐ-CP, Art 14.3; the department's plan of 2021, 3.2.3). Components are packaged only.
inline bool isSigned(DocumentKind kind) { return kind != DocumentKind::component; }
/// Whether a document was made here and filed without a signature.
inline bool packagedOnly(const DocumentRecord& document) {
  return document.origin == DocumentOrigin::digitised && !document.signature &&
         !isSigned(documentKindOfCode(document.code));
}

/// The first label missing in the numbering of its kind: "KQ2" if only KQ1 and KQ3 exist.
std::optional<std::string> missingDocument(const std::vector<PlannedDocument>& documents);

}  // namespace sohoa
