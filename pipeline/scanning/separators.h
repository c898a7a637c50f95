#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/result.h"
#include "pdf/drawing/separator_pdf.h"
#include "pipeline/site/site.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa {

/// The dossiers for which separator sheets are printed.
struct SeparatorOrder {
  std::vector<std::string> codes;    ///< in the order of the sheets
  std::map<std::string, int> pages;  ///< declared number of pages with content, by code
};

/// Adds a list of codes to `order`: one per line, "CODE" or "CODE=N". Spaces, empty lines and lines
/// that begin with '#' are ignored. Returns the first malformed line, or "".
std::string addList(const std::string& text, SeparatorOrder& order);
/// Adds "CODE=N" with N >= 1; false when the text is malformed.
bool addPages(const std::string& text, SeparatorOrder& order);
/// Adds the paper dossiers of the register received in these days, of one unit if `unit` is not
/// empty, that are to be digitised and are not filed yet, ordered by code.
void addFromRegister(const Catalogue& catalogue, Day from, Day to, const std::string& unit,
                     SeparatorOrder& order);

/// The sheets of one print, numbered from 1. Errors, one per code: dossierCode, dossierUnknown (not
/// in the register), dossierDuplicate (requested twice). With any error there are no sheets, since
/// a missing sheet would divide a stack wrongly.
struct SeparatorPrint {
  std::vector<SeparatorPage> pages;
  std::vector<ItemError> errors;
};
SeparatorPrint separatorPrint(const SeparatorOrder& order, const Catalogue& catalogue, Time now);

}  // namespace sohoa
