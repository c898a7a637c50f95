#pragma once

#include "ocr/words/ink_view.h"

namespace sohoa {

/// Parts words that the model ran together although the ink shows a space: "X(m)", "11,4m".
void splitAtGaps(const InkView& ink, std::vector<PlacedWord>& words);

}  // namespace sohoa
