#pragma once

#include <optional>

#include "pdf/structure/revisions.h"

namespace sohoa {

/// What a page shows: its visible box in user space, and how it is turned.
struct PageGeometry {
  double left = 0, bottom = 0, right = 0, top = 0;
  int rotation = 0;     ///< /Rotate, clockwise: 0, 90, 180, 270
  double userUnit = 1;  ///< 1/72 inch per unit
};

struct DocumentPage {
  PdfRef reference;
  PdfValue page;
  PageGeometry geometry;
};

/// A page of the document, from 1; -1: the last one. Nothing when there is none of that number.
/// Throws PdfSyntaxError.
std::optional<DocumentPage> readPage(const PdfRevisions& file, int number);
/// The first page. Throws PdfSyntaxError.
DocumentPage readFirstPage(const PdfRevisions& file);
/// The page of that reference, which a widget names. Throws PdfSyntaxError.
DocumentPage readPage(const PdfRevisions& file, PdfRef reference);

}  // namespace sohoa
