#pragma once

// Private to signing/.

#include "pdf/revisions.h"

namespace sohoa {

/// What a page shows: its visible box in user space, and how it is turned.
struct PageGeometry {
  double left = 0, bottom = 0, right = 0, top = 0;
  int rotation = 0;     ///< /Rotate, clockwise: 0, 90, 180, 270
  double userUnit = 1;  ///< 1/72 inch per unit
};

struct FirstPage {
  PdfRef reference;
  PdfValue page;
  PageGeometry geometry;
};

/// The first page of the document, with what it inherits. Throws PdfSyntaxError.
FirstPage readFirstPage(const PdfRevisions& file);

}  // namespace sohoa
