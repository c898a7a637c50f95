#pragma once

#include <cstdint>
#include <vector>

#include "ocr/image/page_cleanup.h"

namespace sohoa {

/// Ink pixels [x0, x1) of row y.
struct Run {
  int y = 0, x0 = 0, x1 = 0;
  int length() const { return x1 - x0; }
};

/// 8-connected ink; edges half-open, pixels of the clean page.
struct Component {
  int left = 0, top = 0, right = 0, bottom = 0;
  int area = 0;                ///< pixels
  int firstRun = 0, runs = 0;  ///< in Components::runs
  int width() const { return right - left; }
  int height() const { return bottom - top; }
  double centreX() const { return (left + right) / 2.0; }
  double centreY() const { return (top + bottom) / 2.0; }
};

struct Components {
  std::vector<Run> runs;  ///< grouped by component, in reading order within each
  std::vector<Component> all;
};

/// Ink of rows [0, height) as runs, in reading order.
std::vector<Run> inkRuns(const CleanPage& page);

Components connect(const std::vector<Run>& runs);

/// A straight printed line, horizontal or vertical: of a table, a form, or under a heading.
struct Rule {
  int left = 0, top = 0, right = 0, bottom = 0;
  bool horizontal = true;
  int length() const { return horizontal ? right - left : bottom - top; }
};

/// Takes rules out of `components` (what they touched is connected anew) and returns them.
/// `letter` is the page's usual letter height.
std::vector<Rule> takeRules(Components& components, int letter);

/// Median height of letter-like components; 0 when there are none.
int usualLetterHeight(const Components& components);

}  // namespace sohoa
