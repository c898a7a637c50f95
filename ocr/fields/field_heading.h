#pragma once

#include <optional>
#include <utility>

#include "ocr/fields/field_lines.h"

namespace sohoa {

/// The heading of a document's first page: national name and motto on the right (on a form in the
/// middle), the agency, number and abstract of a letter on the left.
struct FieldHeading {
  bool found = false;   ///< the page has the national name or motto in its upper part
  double bottom = 0;    ///< y of the baseline under which the title may stand
  double leftEdge = 0;  ///< where the right column starts; 0 when there are no columns
  FieldMap fields;      ///< agencies, number, symbol, place, date, abstract of a letter
};

/// `page` is the page's number in the document.
FieldHeading readHeading(const FieldPage& lines, const std::vector<HeadingSlot>& slots, int page);

/// Place and date of a document without heading, or of a form that has them above the signature.
void readClosingDate(const FieldPage& lines, const std::vector<HeadingSlot>& slots, int page,
                     FieldMap& fields);

/// Where the words of a place and date stand in a line; places of words, `count` when absent.
struct DateWords {
  std::size_t day, month, year, end;  ///< of "ngày", "tháng", "năm", and after the year
};
std::optional<DateWords> findDate(const FieldLine& line);
/// The line of place and date in a heading whose right column starts at `leftEdge`.
std::optional<std::pair<const FieldLine*, DateWords>> findHeadingDate(const FieldPage& lines,
                                                                      double leftEdge);
/// The line "Số: …" of a heading, or nothing; `after` is the first word behind "Số:".
const FieldLine* findNumberLine(const FieldPage& lines, double leftEdge, std::size_t& after);
/// As readHeading() tells: where the right column starts.
double headingColumn(const FieldPage& lines, bool& found, double& bottom);

}  // namespace sohoa
