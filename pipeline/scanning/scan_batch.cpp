#include "pipeline/scanning/scan_batch.h"

#include <algorithm>

namespace sohoa {

std::string_view nameOf(ScanSides sides) {
  switch (sides) {
    case ScanSides::one:
      return "one";
    case ScanSides::both:
      return "both";
    case ScanSides::inTurns:
      return "in_turns";
  }
  return {};
}

int ScanStack::backs() const {
  return static_cast<int>(std::count_if(sheets.begin(), sheets.end(),
                                        [](const Sheet& sheet) { return sheet.sides.size() > 1; }));
}

int ScanStack::pages() const {
  int count = 0;
  for (const Sheet& sheet : sheets) count += static_cast<int>(sheet.sides.size());
  return count;
}

int ScanStack::next() const {
  const int all = static_cast<int>(sheets.size());
  return turned ? all - backs() : all + 1;
}

bool ScanStack::allThere() const {
  return turned ? next() == 0 : counted > 0 && static_cast<int>(sheets.size()) == counted;
}

int ScanStack::pageNumber(int sheet, int side) const {
  return sides == ScanSides::one ? firstPage + sheet - 1 : firstPage + 2 * (sheet - 1) + side;
}

void ScanStack::goBackTo(int sheet) {
  if (!turned) {
    sheets.resize(static_cast<std::size_t>(sheet - 1));
    return;
  }
  for (int n = 1; n <= sheet; ++n) sheets[static_cast<std::size_t>(n - 1)].sides.resize(1);
}

int ScanBatch::pagesOf(std::string_view folder) const {
  int count = 0;
  for (const ScanStack& stack : stacks) count += stack.folder == folder ? stack.pages() : 0;
  return count;
}

int ScanBatch::pages() const {
  int count = 0;
  for (const ScanStack& stack : stacks) count += stack.pages();
  return count;
}

}  // namespace sohoa
