#pragma once

#include <vector>

#include "ocr/words/words.h"

namespace sohoa {

/// Letters the model cannot tell apart or does not have, told from the ink itself: raised digits
/// (m², m³), the degree sign, roman numbers (II. against 1L.), a dot against a hook (i, ỉ), small
/// against capital Ị, the dot below y. Only what the ink shows is written; nothing is guessed from
/// a dictionary.
void readByInk(const Sheet& sheet, const Segment& segment, std::vector<PlacedWord>& words,
               LineEngine& engine);

}  // namespace sohoa
