#pragma once

#include <cstdint>
#include <vector>

#include "core/reading.h"
#include "ocr/image/plane.h"
#include "ocr/layout/prepared_page.h"

namespace sohoa {

/// Share of a page that shows pictures: fields at least 17 mm wide and high with shades between ink
/// and paper that change gradually. `seen` is the luminance at about 300 dpi.
double pictureShare(const Plane& seen);

/// What tells print from handwriting on a page that reads badly.
struct KindEvidence {
  double pictures = 0;    ///< pictureShare
  int words = 0;          ///< read
  double confidence = 0;  ///< mean of the words, 0..1
  double suspects = 0;    ///< share of the words that are suspect
  double unread = 0;      ///< share of the ink
  int strokes = 0;        ///< connected ink as large as letters or words
  double thin = 0;        ///< of them: share whose strokes are thin for their height
  double regular = 0;     ///< of them: share with the most frequent height, give or take a tenth
  double drawing = 0;     ///< share of the page's ink in pieces larger than a written word
};
KindEvidence kindEvidence(const PageReading& reading, const Sheet& sheet, double pictures);

PageKind judgeKind(const KindEvidence& evidence);

}  // namespace sohoa
