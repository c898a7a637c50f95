#pragma once

#include <string>
#include <vector>

#include "core/reading.h"
#include "core/record.h"
#include "pipeline/batch/batch.h"

namespace sohoa {

/// Similarity of two pages by fingerprint and words.
struct PageLikeness {
  bool alike = false;
  double apart = 1;    ///< difference of the ink, 0..1 (PrintMatch)
  int worstPlace = 0;  ///< differing cells at the worst place
  int words = 0;       ///< number of words of the longer page
  /// words read with certainty that differ from the other page at their place
  int certainApart = 0;
};
/// Compares two pages. Blank pages and pages without a fingerprint are never alike. A form filled
/// in differently differs in certain words, or in ink that is not text, and is not alike.
PageLikeness likenessOf(const PageReading& a, const PageReading& b);

/// Finds pages of a dossier that show the same sheet; files equal byte for byte were found at
/// intake. `readings` correspond to pagesOf(item), with empty ones for missing readings. A page
/// with a sticky note and the same page without it are not reported.
std::vector<PageTwin> twinsOf(const IntakeItem& item, const std::vector<PageReading>& readings);

}  // namespace sohoa
