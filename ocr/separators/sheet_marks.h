#pragma once

#include <vector>

#include "ocr/image/plane.h"

namespace sohoa {

/// Centre of a mark of a separator sheet (core/separator_marks.h), millimetres of the page as
/// scanned.
struct FoundMark {
  double x, y;
};

/// The marks on a page of `dpi` pixels per inch whose dark pixels are non-zero in `dark`. Each is a
/// disc in two rings, crossed along four lines in the same rhythm; any turn of the page will do.
std::vector<FoundMark> findMarks(const Plane& dark, double dpi);

/// How many of the marks lie to each other as on a separator sheet, however it was turned, at 80 to
/// 110 % of its size.
int marksInPlace(const std::vector<FoundMark>& marks);

}  // namespace sohoa
