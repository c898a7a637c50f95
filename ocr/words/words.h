#pragma once

#include "core/reading.h"
#include "ocr/engine/line_engine.h"
#include "ocr/layout/prepared_page.h"

namespace sohoa {

/// A word as the engine read it, with the ink it was read from.
struct PlacedWord {
  ReadWord read;
  std::vector<int> parts;                           ///< components of the sheet
  double left = 0, top = 0, right = 0, bottom = 0;  ///< pixels of the clean page
  double imageLeft = 0;  ///< of the line image on the clean page: where read.left counts from
};

/// Reads a segment and finds the ink of each of its words.
std::vector<PlacedWord> readSegment(const Sheet& sheet, const Segment& segment, int number,
                                    LineEngine& engine);

/// The word in pixels as scanned. `toScan` maps pixels of the clean page.
Word toWord(const PlacedWord& placed, const Segment& segment, const Affine& toScan, int width,
            int height);

}  // namespace sohoa
