#pragma once

#include <string>
#include <vector>

#include "core/reading.h"
#include "core/record.h"
#include "pipeline/batch/batch.h"

namespace sohoa {

/// How alike two pages are, by their prints and their words.
struct PageLikeness {
  bool alike = false;
  double apart = 1;      ///< of the ink, 0..1 (PrintMatch)
  int worstPlace = 0;    ///< cells
  int words = 0;         ///< of the longer page
  int certainApart = 0;  ///< words read with certainty that the other page lacks at their place
};
/// Blank pages, and pages without a print, are like nothing. A form filled in differently differs
/// in words that are certain, or in ink that is not text: it is not alike.
PageLikeness likenessOf(const PageReading& a, const PageReading& b);

/// Pages of a dossier that show the same sheet, beside those equal to the byte, which were found at
/// intake. `readings` are those of pagesOf(item), an empty one where there is none. A page with a
/// sticky note and the one without are no twins.
std::vector<PageTwin> twinsOf(const IntakeItem& item, const std::vector<PageReading>& readings);

}  // namespace sohoa
