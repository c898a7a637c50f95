#pragma once

#include <memory>
#include <string>
#include <vector>

#include "samples/drawing/page.h"
#include "samples/drawing/scan.h"
#include "samples/drawing/typesetter.h"
#include "samples/random.h"
#include "samples/texts/document_text.h"

namespace sohoa::samples {

enum class Format { jpeg, tiff, png, pdf, pdfWithJunkText };
/// How the documents of a dossier are told apart: not at all, by a folder each, by the beginning of
/// the files' names. PDFs are one a document then.
enum class Arrangement { together, folders, names };
enum class Fault { none, missingPage, unknownCode, lowResolution, truncatedFile };

/// One scanned side.
struct Side {
  Page page;
  std::shared_ptr<Page> back;  ///< shows through; may be null
  std::string condition;
  std::vector<std::string> effects;
  ScanSettings settings;
  bool group4 = false;  ///< TIFF only: black and white
  std::size_t document = 0;
};

struct Dossier {
  std::string code;
  Date received;
  Date resolved;
  Format format = Format::jpeg;
  Fault fault = Fault::none;
  Arrangement arrangement = Arrangement::together;
  std::vector<DocumentText> documents;
  std::vector<std::string> labels;  ///< of the documents, when told apart: "KQ1", "TP1 Đơn đề nghị"
  std::vector<Side> sides;
  bool numberInRegister = true;  ///< does the register know the result's number and date?
  const DocumentText& result() const { return documents.front(); }
};

/// Why the dossier is expected to end as it does: "filed", "held" or "quarantined", and a reason.
struct Expectation {
  std::string outcome;
  std::string reason;
};
Expectation expectationOf(Fault fault);

/// 000.00.12.H46-210906-0003 (Circular 01/2018/TT-VPCP, Art. 19).
std::string dossierCode(const Date& received, int ordinal);

struct DocumentPlan {
  DocumentKind kind = DocumentKind::landAllocation;
  bool brief = false;
  std::vector<std::string> conditions;  ///< of its pages in order; the last one repeats
  std::size_t maxPages = 99;            ///< pages beyond are left out
  bool onlyTables = false;              ///< keep only pages that have a ruled table
};

/// Writes, lays out, fills in, signs and stamps one document and appends its sides.
/// Returns how many sides were added.
std::size_t appendDocument(Dossier& dossier, const DocumentPlan& plan, const Typesetter& typesetter,
                           Random& random);

/// Appends the empty back of the last side.
void appendBlankBack(Dossier& dossier, Random& random);

/// Sets resolution and everything else a fault needs, after all sides are there.
void applyFault(Dossier& dossier);

}  // namespace sohoa::samples
