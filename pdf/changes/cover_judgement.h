#pragma once

#include <string>
#include <vector>

#include "pdf/changes/page_picture.h"

namespace sohoa {

/// What became of the letters and pictures of a page under things that were drawn over it later.
/// Everything drawn over it is judged together, however thin or transparent its parts are.
struct CoverJudgement {
  bool drawnElsewhere = false;  ///< pixels outside the places changed
  bool erased = false;          ///< letters turned to the colour of their paper
  bool replaced = false;        ///< letters vanished, and something else is to be read there
  bool touched = false;         ///< something lies over letters or pictures
  bool lost = false;            ///< letters vanished under one colour, as under a seal's star
  /// The words concerned, as the page's text has them; a scan without text names none.
  std::vector<std::string> touchedWords, lostWords, erasedWords;
  std::vector<PixelArea> erasedAreas, lostAreas;  ///< of the letters; replaced ones are erased
};

/// Compares a page before and after. `places`: where the new things may be drawn. Both pictures
/// have the same size, else everything counts as drawn elsewhere.
CoverJudgement judgeCover(const PagePicture& before, const PagePicture& after,
                          const std::vector<PixelArea>& places);

}  // namespace sohoa
