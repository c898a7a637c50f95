#pragma once

#include <vector>

#include "ocr/layout/components.h"

namespace sohoa {

/// A stretch of one text line without a wide gap; edges in pixels of the clean page.
struct Segment {
  std::vector<int> parts;                        ///< components, indices
  int left = 0, top = 0, right = 0, bottom = 0;  ///< around its parts
  double base = 0;                               ///< y of the baseline in its middle
  double letter = 0;  ///< usual letter height: x-height, of capitals in a line of capitals
  double bandTop() const { return base - letter; }
  double centreX() const { return (left + right) / 2.0; }
};

struct LayoutLine {
  std::vector<Segment> segments;  ///< left to right
};

struct LayoutBlock {
  std::vector<LayoutLine> lines;  ///< top to bottom
};

struct Layout {
  int letter = 0;                   ///< usual letter height of the page
  std::vector<LayoutBlock> blocks;  ///< in reading order
  std::vector<Rule> rules;
  std::vector<int> lineOf;  ///< per component: number of its segment (in reading order), or -1
  int marksAbove = 0, marksBelow = 0;  ///< small components just above and below the letters
};

/// Finds the text lines of an upright page and puts them in reading order: columns of the header
/// (agency | national name) and of the footer (Nơi nhận | signer) one after the other, ruled
/// tables cell by cell along their rows, everything else line by line.
Layout analyse(const Components& components, std::vector<Rule> rules, int letter);

}  // namespace sohoa
