#pragma once

#include "ocr/words/ink_view.h"

namespace sohoa {

/// Raised digits of units (m², km³), the degree sign, lowered digits of formulas (BOD₅, SO₂).
void readSmallDigits(const InkView& ink, std::vector<PlacedWord>& words);

}  // namespace sohoa
