#pragma once

#include "core/result.h"
#include "pdf/structure/incremental.h"
#include "signing/appearance/appearance.h"
#include "signing/appearance/page_objects.h"

namespace sohoa {

struct PlacedAppearance {
  DocumentPage page;
  PdfValue rect;                 ///< /Rect of the widget
  PdfRef normal;                 ///< /AP /N
  double width = 0, height = 0;  ///< of the form's BBox, points; 0: invisible
};

/// Adds the appearance stream of a signature to the update and chooses its place. Without lines and
/// image: an empty stream and an empty rectangle on the first page (PDF/A requires an appearance
/// for every widget). Cause documentNotSigned: no such page, font or image, or no such place on the
/// page. Throws PdfSyntaxError.
Result<PlacedAppearance> placeAppearance(const PdfRevisions& file, IncrementalUpdate& update,
                                         const Appearance& appearance);

/// The same for a field with a rectangle of its own: an upright stream of its natural size, which
/// fillField() fits into that rectangle.
Result<PlacedAppearance> drawAppearance(IncrementalUpdate& update, const Appearance& appearance);

/// Numbers in PDF syntax, rounded to three decimals.
PdfValue realValue(double value);
PdfValue realValues(std::initializer_list<double> values);

}  // namespace sohoa
