#pragma once

#include "ocr/layout.h"

namespace sohoa {

/// A segment cut out of the clean page for the engine, ink of other lines painted over.
struct LineImage {
  Plane pixels;
  int left = 0, top = 0;  ///< of its corner on the clean page
};

/// Paper left around the letters, pixels. The model reads a line differently with more or less of
/// it, so a doubtful line is looked at again.
struct Margins {
  int side = 5, upDown = 6;
};
inline constexpr Margins kFirstLook{5, 6};
inline constexpr Margins kSecondLook{3, 2};
inline constexpr Margins kThirdLook{12, 10};

/// `number` is the segment's number in layout.lineOf.
LineImage cutLine(const Plane& grey, const Components& components, const Layout& layout,
                  const Segment& segment, int number, Margins margins = kFirstLook);

}  // namespace sohoa
