#pragma once

#include <vector>

#include "pdf/structure/revisions.h"

namespace sohoa {

/// Upright, in the page's default user space.
struct PageMark {
  double left = 0, bottom = 0, right = 0, top = 0;
};

/// Where a page has something on it that a visible signature should not stand on: text with the
/// widths of its fonts, the hidden text over a scan included; pictures, lines and filled shapes,
/// but not what makes up most of the page (the scan itself, a ground, a frame's inside) or is
/// white; other visible annotations. Rough and tolerant: content that cannot be read marks nothing,
/// since a place is chosen by it and nothing is judged.
std::vector<PageMark> pageMarks(const PdfRevisions& file, const PdfValue& page);

}  // namespace sohoa
