#pragma once

#include "ocr/layout/layout.h"

namespace sohoa {

/// A segment cut out of the clean page for the engine, ink of other lines painted over.
struct LineImage {
  Plane pixels;
  int left = 0, top = 0;  ///< of its corner on the clean page
};

/// How a line is looked at: paper left around the letters, in pixels, and what is done to its
/// strokes. The model reads a line differently with more or less paper, so a doubtful line is
/// looked at again; broken strokes of faint toner join when softened or when their grey edges
/// count as ink.
struct Margins {
  int side = 5, upDown = 6;
  enum class Strokes { asTheyAre, softer, darker } strokes = Strokes::asTheyAre;
};
inline constexpr Margins kFirstLook{5, 6};
inline constexpr Margins kSecondLook{3, 2};
inline constexpr Margins kThirdLook{12, 10};
inline constexpr Margins kSofterLook{5, 6, Margins::Strokes::softer};
inline constexpr Margins kDarkerLook{5, 6, Margins::Strokes::darker};

/// `number` is the segment's number in layout.lineOf.
LineImage cutLine(const Plane& grey, const Components& components, const Layout& layout,
                  const Segment& segment, int number, Margins margins = kFirstLook);

}  // namespace sohoa
