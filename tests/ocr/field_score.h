#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/reading.h"
#include "core/result.h"

namespace sohoa::test {

/// Counts of one field under one condition.
struct FieldScore {
  int printed = 0, exact = 0;       ///< fields that are printed; of them read exactly
  int byHand = 0, foundByHand = 0;  ///< slots filled by hand; of them recognised so
  int notByHand = 0, mistaken = 0;  ///< slots that are printed; of them called handwritten
  FieldScore& operator+=(const FieldScore& other);
};

/// condition -> field -> score; condition "all" sums them. The six fields of a document are
/// "agency", "number", "date" (with place), "type", "abstract" and "signer" (authority, title and
/// name).
using FieldCard = std::map<std::string, std::map<std::string, FieldScore>>;

/// Reads the pages of a generated set (DIR/truth, DIR/intake) through `read` and scores the
/// documents whose pages could all be read. `tell` gets a line for each field that is not exact.
FieldCard scoreFields(
    const std::filesystem::path& folder,
    const std::function<Result<PageReading>(const std::filesystem::path& file, int index,
                                            const std::string& key)>& read,
    const std::function<void(const std::string&)>& tell);

std::string printed(const FieldCard& card);

/// One line a condition and field: condition field printed exact by-hand found not-by-hand
/// mistaken.
std::string fieldBaselineText(const FieldCard& card);
/// What got worse than the baseline by more than chance; empty when nothing did.
std::vector<std::string> fieldRegressions(const FieldCard& card, const std::string& baseline);
/// The bars of document fields (exact where printed, handwriting recognised) with their figures.
std::string fieldBars(const FieldCard& card);

}  // namespace sohoa::test
