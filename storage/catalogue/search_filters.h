#pragma once

#include <string>
#include <vector>

#include "storage/catalogue/catalogue.h"

namespace sohoa {

/// What a document can be found by beside its words, as it stands in its row of the catalogue.
struct FilterValues {
  std::string unit, procedureCode;
  std::string datedOn;     ///< ISO day
  std::string status;      ///< as last set
  std::string validUntil;  ///< ISO day, the last of its force; empty: no term
  bool operator==(const FilterValues&) const = default;
};

/// Short words for the search index, one for each value, with spaces between: u…, p…, s…, y2021,
/// m202109, d20210910.
std::string filterMarks(const FilterValues& values);
/// The mark of an ISO day; empty when it is none.
std::string markOfDay(const std::string& day);

/// Marks of which a document must have at least one of each list. A period is covered by years,
/// months and days without a gap or a day too many, so that no search looks at pages beside it;
/// `fits` decides all the same, since a term may have run out.
std::vector<std::vector<std::string>> marksFor(const SearchFilter& filter);
/// The status on a day; without one as last set.
std::string statusOn(const FilterValues& values, const std::optional<Day>& today);
bool fits(const FilterValues& values, const SearchFilter& filter);

}  // namespace sohoa
