#pragma once

#include "ocr/image/plane.h"

namespace sohoa {

/// CleanPage::contrast of faint toner.
inline constexpr double kFaintContrast = 0.66;

/// A copy with even paper: every pixel divided by the paper's brightness around it, ink darkened
/// and paper whitened by what the page itself shows.
struct CleanPage {
  Plane grey;           ///< 0 ink .. 255 paper
  int threshold = 128;  ///< a grey below it is ink
  /// How far ink stands from paper before stretching, 0..1: faint toner is near 0.3.
  double contrast = 0;
};

/// Flattens uneven light and yellowed paper. Works on `grey` in place.
CleanPage flatten(Plane grey);

/// Angle in degrees by which the content is turned clockwise (so it is turned back by it), from a
/// page within about 7 degrees; 0 when it cannot be told or is under 0.05 degrees.
double findSkew(const CleanPage& page);

/// The content turned counter-clockwise by `degrees` about the centre; the sheet grows so that no
/// corner is lost, new corners are paper.
Plane straighten(const Plane& grey, double degrees);

/// Turned clockwise by 0, 90, 180 or 270 degrees.
Plane turned(const Plane& plane, int degrees);

enum class LineDirection { horizontal, vertical, unclear };

/// Which way the rows of text run on the image as it stands.
LineDirection lineDirection(const CleanPage& page);

}  // namespace sohoa
