#pragma once

#include <optional>

#include "ocr/image/affine.h"
#include "ocr/image/page_cleanup.h"
#include "ocr/layout/components.h"
#include "ocr/layout/layout.h"

namespace sohoa {

/// An upright, straightened clean page with its ink and lines.
struct Sheet {
  CleanPage clean;
  int rotation = 0;        ///< clockwise quarter turns applied to the scan, degrees
  double skewDegrees = 0;  ///< clockwise skew that was straightened
  Affine toDecoded;        ///< pixels of the clean page -> pixels of the decoded page
  Components components;
  Layout layout;
};

/// `flat` is the decoded page after flatten(), as scanned. The skew is looked for unless it is
/// given.
Sheet preparePage(const CleanPage& flat, int rotation, std::optional<double> skewDegrees = {});

}  // namespace sohoa
