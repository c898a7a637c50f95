#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document_kind.h"
#include "pipeline/batch/batch.h"

namespace sohoa {

/// What the name of a folder or file inside a dossier says: "KQ1", "TP2 Đơn đề nghị",
/// "XL1-Phiếu ý kiến".
struct DocumentLabel {
  DocumentKind kind = DocumentKind::result;
  int number = 1;    ///< from 1
  std::string name;  ///< the words after it, as written by a person; may be empty
  /// "KQ1", "TP2": of the document, whatever it is called.
  std::string text() const { return std::string(markOf(kind)) + std::to_string(number); }
  bool operator==(const DocumentLabel&) const = default;
};

/// Of a folder: the mark in any case, a number of one or two digits, then nothing or a name.
std::optional<DocumentLabel> labelOfFolder(std::string_view folder);
/// Of a file: likewise, but a number with a leading zero is a page (KQ01.jpg). A number at the end
/// of the name is that of the page, too: TP2 Đơn đề nghị-003.jpg.
std::optional<DocumentLabel> labelOfFile(std::string_view file);

/// A document of a dossier and its files.
struct PlannedDocument {
  DocumentLabel label;
  std::vector<std::size_t> files;  ///< places in IntakeItem::files, in the order of the pages
  bool asReceived = false;         ///< one PDF that came in signed, and nothing else
  bool signedScan = false;  ///< likewise, but a scan that who scanned it signed: it is digitised
};

/// The documents among the files of a dossier: results first, each kind by its numbers. A file
/// stands in the document that its folder names, else its own name; files that name none are the
/// one result of the dossier, and each signed PDF among them a further one. Separator sheets are in
/// none, and pages of a stack are the one result. Cause documentAmbiguous: the names leave open
/// what belongs where.
Result<std::vector<PlannedDocument>> planDocuments(const std::vector<IntakeFile>& files);

/// Whether the agency signs documents of a kind; the others are packaged only: results, and
/// processing documents (NĐ 45/2020/NĐ-CP, Art 14.3; the department's plan of 2021, 3.2.3).
inline bool isSigned(DocumentKind kind) { return kind != DocumentKind::component; }
/// Made here and filed without a signature.
inline bool packagedOnly(const DocumentRecord& document) {
  return document.origin == DocumentOrigin::digitised && !document.signature &&
         !isSigned(documentKindOfCode(document.code));
}

/// The first label that is missing in the counting of its kind, "KQ2" where there are KQ1 and KQ3.
std::optional<std::string> missingDocument(const std::vector<PlannedDocument>& documents);

}  // namespace sohoa
