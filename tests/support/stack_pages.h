#pragma once

#include <string>
#include <vector>

#include "core/separator_sheet.h"

namespace sohoa::test {

/// One A4 page of a stack, as a scanner would send it.
struct StackPageLook {
  enum class Kind { sheet, content, blank };
  Kind kind = Kind::content;
  SeparatorSheet sheet{};  ///< of a sheet
  std::string
      payload{};  ///< of the sheet's code instead of its own; or of a code on a content page
  int seed = 1;   ///< text, noise
  int dpi = 200;
  double skewDegrees = 0;
  bool upsideDown = false;
  double noise = 4;           ///< grey levels, standard deviation about
  double scale = 1;           ///< printed larger or smaller than drawn
  bool sealNearCode = false;  ///< a red seal that touches the code
  double tornCode = 0;        ///< share of the code that is gone, 0..1
  bool hiddenMarks = false;   ///< the marks are gone
  double darkness = 1;        ///< of the print, 0..1: faint below 0.5
  double showThrough = 0;     ///< of a sheet on its other side, 0..1: on a blank page
};
/// A JPEG file in colour.
std::string stackPage(const StackPageLook& look);

/// Several JPEG files of that resolution as the pages of one PDF that share their resources.
std::string pagesAsPdf(const std::vector<std::string>& jpegs, int dpi);
/// … or of one TIFF.
std::string pagesAsTiff(const std::vector<std::string>& jpegs, int dpi);

}  // namespace sohoa::test
