#pragma once

// Private to signing/.

#include "core/result.h"
#include "pdf/incremental.h"
#include "signing/first_page.h"
#include "signing/pades.h"

namespace sohoa {

struct PlacedAppearance {
  PdfValue rect;  ///< /Rect of the widget
  PdfRef normal;  ///< /AP /N
};

/// Adds the appearance stream of a signature to the update: NĐ 30/2020, Annex I, case D — top right
/// of the page as it is seen, upright, 10 pt, black, no image. Without lines: an empty stream and
/// an empty rectangle (PDF/A wants an appearance of every widget).
Result<PlacedAppearance> addAppearance(IncrementalUpdate& update, const Appearance& appearance,
                                       const PageGeometry& page);

}  // namespace sohoa
