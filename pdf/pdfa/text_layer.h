#pragma once

#include <set>
#include <string>

#include "core/reading.h"
#include "pdf/pdfa/invisible_font.h"

namespace sohoa {

/// Where a page's pixels lie in default user space: the image fills the MediaBox.
struct PageSpace {
  double xScale = 0, yScale = 0;  ///< points per pixel
  double height = 0;              ///< points
};

/// Adds every character that the text layer of this page needs.
void collectCharacters(const PageReading& reading, std::set<char32_t>& characters);

/// Content operators that lay the words, invisibly, over the image: each word's run starts at its
/// baseline's start, runs along the baseline and covers exactly its length (horizontal scaling),
/// less what keeps it apart from a word that touches; a space fills the gap to the next word of the
/// line. Order: as in the reading. Expects the font
/// under the name /F0. Empty when there are no words.
std::string textLayer(const PageReading& reading, const InvisibleFont& font,
                      const PageSpace& space);

}  // namespace sohoa
