#pragma once

#include <vector>

#include "ocr/layout/layout.h"

namespace sohoa {

/// Chains letters to their right neighbours; marks (diacritics, dots, commas) join the chain whose
/// letters they belong to. Gaps wider than about a letter end a segment, vertical rules always do.
std::vector<Segment> findSegments(const Components& components, const std::vector<Rule>& rules,
                                  int letter);

}  // namespace sohoa
