#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/separator_sheet.h"
#include "ocr/separators/page_signs.h"

namespace sohoa {

/// A stack (xấp): the pages of several dossiers in one file or folder, with separator sheets
/// between.

/// One page of a stack, in the order it was scanned.
struct StackPage {
  std::string file;                ///< its name in the stack
  int index = 0;                   ///< in that file, from 0
  std::optional<PageSigns> signs;  ///< none: the page could not be looked at
};

/// A dossier of a stack: its pages by their number in the stack, from 1.
struct StackPart {
  std::string code;
  std::vector<int> sheets;  ///< its separator sheet, with the sheet's blank back in duplex scanning
  std::vector<int> pages;   ///< its content, in order
};

/// How a stack is divided, or why only a person can do it. Every page is in exactly one part, or
/// there are problems. The problems' items are page numbers ("5", "5-8"); parts are filled as far
/// as the sheets go, as a proposal.
struct StackPlan {
  std::vector<StackPart> parts;
  std::vector<ItemError> problems;
};

/// Divides by the sheets. A sheet counts when its code is read and its marks are seen: one signal
/// without the other, or any other doubt, is a problem of the whole stack:
/// - stackNoSheet, stackBeforeFirst, stackOneSignal, stackSheetCheck, stackSheetVersion,
///   stackUnknownDossier (`known` says no), stackCodeTwice, stackPageUnread;
/// - stackPageCount: the sheet declares another number of pages than follow it, or none follow;
/// - stackCountUnknown: it declares none, and the next sheet is not the next of the same print (the
///   last sheet: not the last of its print), so that a sheet may be missing;
/// - stackOtherCode: a code printed on a page (a one-stop receipt) names another dossier. Receipts
///   never begin a dossier.
/// Duplex scanning is known by the blank backs of all sheets.
StackPlan planStack(const std::vector<StackPage>& pages,
                    const std::function<bool(const std::string& code)>& known);

/// Separator sheets read on a page: what `review show` tells a person.
std::optional<SeparatorSheet> sheetOn(const StackPage& page);

}  // namespace sohoa
