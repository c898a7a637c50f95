#pragma once

#include "ocr/engine/line_engine.h"
#include "ocr/layout/prepared_page.h"

namespace sohoa {

struct Orientation {
  Sheet sheet;
  bool sure = true;
};

/// Turns the page upright when two detectors agree: the marks of Vietnamese letters (most stand
/// above them) and how well a few lines read. A page whose marks plainly say upright is taken as
/// it is; its reading is the second witness (see readsBadly). When they disagree or the page has
/// too little text, it stays as scanned.
Orientation findOrientation(const CleanPage& flat, LineEngine& engine);

/// The second look at a page that was taken as upright and then read badly.
Orientation tryAllOrientations(const CleanPage& flat, LineEngine& engine);

}  // namespace sohoa
