#pragma once

#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "core/texts/text.h"

namespace sohoa {

/// One line of a list that is worked off with a pen; long texts take several lines on paper.
struct ListLine {
  enum class Kind {
    heading,  ///< begins a block: with a box to tick, larger
    item,     ///< with a box to tick
    note      ///< to the line before
  };
  Kind kind = Kind::item;
  std::string text;
};

struct PrintedList {
  std::string agency, title;
  std::vector<ListLine> lines;
};

struct ListLook {
  Language language = Language::vi;
  Time printed{};
  std::string font;  ///< TrueType; empty: the system's Liberation Sans
};

/// The list on A4 pages, numbered, each with its title. A heading stands with the line after it, an
/// item with its note. The same input gives the same bytes. Causes: documentNotWritten (no font).
Result<std::string> listPdf(const PrintedList& list, const ListLook& look);

}  // namespace sohoa
