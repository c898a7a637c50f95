#pragma once

// Private to signing/.

#include "core/result.h"
#include "pdf/incremental.h"
#include "signing/pades.h"

namespace sohoa {

/// What a page shows: its visible box in user space, and how it is turned.
struct PageGeometry {
  double left = 0, bottom = 0, right = 0, top = 0;
  int rotation = 0;      ///< /Rotate, clockwise: 0, 90, 180, 270
  double userUnit = 1;   ///< 1/72 inch per unit
};

struct PlacedAppearance {
  PdfValue rect;    ///< /Rect of the widget
  PdfRef normal;    ///< /AP /N
};

/// Adds the appearance stream of a signature to the update: NĐ 30/2020, Annex I, case D — top right
/// of the page as it is seen, upright, 10 pt, black, no image. Without lines: an empty stream and
/// an empty rectangle (PDF/A wants an appearance of every widget).
Result<PlacedAppearance> addAppearance(IncrementalUpdate& update, const Appearance& appearance,
                                       const PageGeometry& page);

}  // namespace sohoa
