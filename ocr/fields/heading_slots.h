#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/reading.h"
#include "ocr/image/decode.h"
#include "ocr/layout/prepared_page.h"

namespace sohoa {

/// Finds the places for number, day and month in the heading and judges whether what stands there
/// was printed with the rest of its line or put in afterwards. `reading` has its blocks; `toScan`
/// maps pixels of the sheet's clean page; `decoded` still has its tint planes.
std::vector<HeadingSlot> findHeadingSlots(const PageReading& reading, const Sheet& sheet,
                                          const Affine& toScan, const DecodedPage& decoded);

/// How the ink of a slot differs from the printed ink beside it, each 0 when alike. Lengths are in
/// heights of the line's own digits or capitals.
struct SlotEvidence {
  double height = 0;    ///< mean difference of height
  double base = 0;      ///< largest distance of a sign from the baseline
  double room = 0;      ///< paper left free in the slot beside the ink and usual spaces
  double stroke = 0;    ///< difference of stroke thickness, natural logarithm of the ratio
  double darkness = 0;  ///< difference of the ink's grey, 0..1
  double joined = 0;    ///< widest sign beyond a digit's width
  double unread = 0;    ///< 1: no digits were read, 0: digits only
  double doubt = 0;     ///< 1 - confidence of the words read there
  double uneven = 0;    ///< spread of heights within the slot
};
/// 0..1.
double penLikelihood(const SlotEvidence& evidence);

}  // namespace sohoa
