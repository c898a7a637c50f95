#pragma once

#include <vector>

#include "core/page.h"
#include "ocr/engine/line_engine.h"
#include "ocr/image/decode.h"
#include "ocr/layout/prepared_page.h"

namespace sohoa {

/// Coloured ink outside seals, as dark on white: a cut of the decoded page.
struct ColouredInk {
  int left = 0, top = 0;  ///< of the cut on the decoded page
  Plane plane;            ///< empty: nothing that could be a line of text
  int cells = 0;          ///< tinted cells (kTintCell) in it
};

/// `seals` in pixels as scanned. To be called before flatten() takes the planes.
ColouredInk takeColouredInk(const DecodedPage& decoded, const std::vector<PixelBox>& seals);

/// Text that exists in colour only (red headings, a blue received stamp) is missing on the plane
/// that is free of coloured ink. Lines of coloured ink that stand clear of the lines of `sheet` and
/// read like print are put onto `flat`; handwriting and scribbles are not. Returns whether anything
/// was put there: the page must then be laid out anew.
bool addColouredText(const ColouredInk& ink, const Sheet& sheet, CleanPage& flat,
                     LineEngine& engine);

}  // namespace sohoa
