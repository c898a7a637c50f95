#pragma once

#include <optional>

#include "pdf/structure/revisions.h"

namespace sohoa {

/// The visible box of a page in user space, and its rotation.
struct PageGeometry {
  double left = 0, bottom = 0, right = 0, top = 0;
  int rotation = 0;     ///< /Rotate, clockwise: 0, 90, 180, 270
  double userUnit = 1;  ///< length of one user space unit, in 1/72 inch
};

struct DocumentPage {
  PdfRef reference;
  PdfValue page;
  PageGeometry geometry;
};

/// Reads a page, counted from 1; negative numbers count from the end, -1 is the last. Returns
/// nullopt when there is no such page. Throws PdfSyntaxError.
std::optional<DocumentPage> readPage(const PdfRevisions& file, int number);
/// Reads the first page. Throws PdfSyntaxError.
DocumentPage readFirstPage(const PdfRevisions& file);
/// Reads the page object `reference`, as named by a widget's /P. Throws PdfSyntaxError.
DocumentPage readPage(const PdfRevisions& file, PdfRef reference);

}  // namespace sohoa
