#include "ocr/layout/prepared_page.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sohoa {
namespace {

/// From the straightened page back to the skewed one; both turn about their centres.
Affine straightToSkewed(double degrees, const Plane& skewed, const Plane& straight) {
  const double angle = degrees * std::numbers::pi / 180;
  const double c = std::cos(angle), s = std::sin(angle);
  const double cx = skewed.width / 2.0, cy = skewed.height / 2.0;
  const double ox = straight.width / 2.0, oy = straight.height / 2.0;
  return {c, -s, cx - c * ox + s * oy, s, c, cy - s * ox - c * oy};
}

}  // namespace

Sheet preparePage(const CleanPage& flat, int rotation, std::optional<double> skewDegrees) {
  Sheet sheet;
  sheet.rotation = rotation;
  sheet.clean.threshold = flat.threshold;
  sheet.clean.contrast = flat.contrast;
  CleanPage upright;
  const CleanPage* source = &flat;
  if (rotation != 0) {
    upright.threshold = flat.threshold;
    upright.grey = turned(flat.grey, rotation);
    sheet.toDecoded = quarterTurn(rotation, flat.grey.width, flat.grey.height).inverse();
    source = &upright;
  }
  sheet.skewDegrees = skewDegrees ? *skewDegrees : findSkew(*source);
  if (sheet.skewDegrees != 0) {
    sheet.clean.grey = straighten(source->grey, sheet.skewDegrees);
    sheet.toDecoded =
        sheet.toDecoded.after(straightToSkewed(sheet.skewDegrees, source->grey, sheet.clean.grey));
  } else if (source == &upright) {
    sheet.clean.grey = std::move(upright.grey);
  } else {
    sheet.clean.grey = flat.grey;
  }
  sheet.components = connect(inkRuns(sheet.clean));
  const int letter = usualLetterHeight(sheet.components);
  std::vector<Rule> rules = takeRules(sheet.components, std::max(letter, 20));
  sheet.layout = analyse(sheet.components, std::move(rules), letter);
  return sheet;
}

}  // namespace sohoa
