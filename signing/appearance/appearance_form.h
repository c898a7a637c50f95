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
  double width = 0, height = 0;  ///< of the form's own box, points; 0: nothing to see
};

/// Adds the appearance stream of a signature to the update and finds its place. Without lines and
/// image: an empty stream and an empty rectangle on the first page (PDF/A wants an appearance of
/// every widget). Cause documentNotSigned: no such page, font or image, or no such place on it.
/// Throws PdfSyntaxError.
Result<PlacedAppearance> placeAppearance(const PdfRevisions& file, IncrementalUpdate& update,
                                         const Appearance& appearance);

/// The same for a field that has its place: a stream of its own size, upright, to be fitted in.
Result<PlacedAppearance> drawAppearance(IncrementalUpdate& update, const Appearance& appearance);

/// A number in PDF syntax.
PdfValue realValue(double value);
PdfValue realValues(std::initializer_list<double> values);

}  // namespace sohoa
