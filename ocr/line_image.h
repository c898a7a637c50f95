#pragma once

#include "ocr/layout.h"

namespace sohoa {

/// A segment cut out of the clean page for the engine, ink of other lines painted over.
struct LineImage {
  Plane pixels;
  int left = 0, top = 0;  ///< of its corner on the clean page
};

/// `number` is the segment's number in layout.lineOf.
LineImage cutLine(const Plane& grey, const Components& components, const Layout& layout,
                  const Segment& segment, int number);

}  // namespace sohoa
