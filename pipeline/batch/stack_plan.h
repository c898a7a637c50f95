#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/separator_sheet.h"
#include "ocr/separators/page_signs.h"

namespace sohoa {

/// A stack (xấp) holds the pages of several dossiers in one file or folder, with separator sheets
/// between them.

/// One page of a stack, in scanning order.
struct StackPage {
  std::string file;                ///< name in the stack
  int index = 0;                   ///< page in that file, from 0
  std::optional<PageSigns> signs;  ///< none: the page could not be examined
};

/// A dossier of a stack: its pages by their number in the stack, from 1.
struct StackPart {
  std::string code;
  std::vector<int> sheets;  ///< separator sheet; in duplex scanning also its blank back
  std::vector<int> pages;   ///< content pages, in order
};

/// How a stack is divided, or why only a person can divide it. Either every page is in exactly one
/// part, or there are problems, whose items are page numbers ("5", "5-8"). With problems, the parts
/// are a proposal, filled as far as the sheets allow.
struct StackPlan {
  std::vector<StackPart> parts;
  std::vector<ItemError> problems;
};

/// Divides a stack at its separator sheets. A sheet counts when its code is read and its marks are
/// seen. One signal without the other, or any other doubt, is a problem of the whole stack:
/// - stackNoSheet, stackBeforeFirst, stackOneSignal, stackSheetCheck, stackSheetVersion,
///   stackUnknownDossier (`known` returned false), stackCodeTwice, stackPageUnread;
/// - stackPageCount: the number of pages on the sheet differs from the pages that follow, or no
///   page follows;
/// - stackCountUnknown: the sheet states no number, and the next sheet is not the next of the same
///   print (for the last sheet: it is not the last of its print), so that a sheet may be missing;
/// - stackOtherCode: a code printed on a page (a one-stop receipt) names another dossier. Receipts
///   never begin a dossier.
/// Duplex scanning is detected by the blank backs of all sheets.
StackPlan planStack(const std::vector<StackPage>& pages,
                    const std::function<bool(const std::string& code)>& known);

/// The separator sheet read on a page, as shown by `review show`.
std::optional<SeparatorSheet> sheetOn(const StackPage& page);

}  // namespace sohoa
