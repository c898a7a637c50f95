#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/result.h"
#include "pdf/drawing/separator_pdf.h"
#include "pipeline/site/site.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa {

/// Which dossiers are to have a separator sheet.
struct SeparatorOrder {
  std::vector<std::string> codes;    ///< in the order of the sheets
  std::map<std::string, int> pages;  ///< declared pages with content, by code
};

/// A list of codes as text: one a line, "CODE" or "CODE=N"; spaces, empty lines and lines that
/// begin with '#' do not count. Adds to `order`; returns the first line that is neither.
std::string addList(const std::string& text, SeparatorOrder& order);
/// "CODE=N" with N from 1; false when it is not.
bool addPages(const std::string& text, SeparatorOrder& order);
/// Paper dossiers of the register that were received in these days, of one unit when it is not
/// empty, that are to be digitised and are not filed yet, by code.
void addFromRegister(const Catalogue& catalogue, Day from, Day to, const std::string& unit,
                     SeparatorOrder& order);

/// The sheets of one print, numbered from 1. Errors, one a code: dossierCode, dossierUnknown (not
/// in the register), dossierDuplicate (asked for twice); with any of them there are no sheets,
/// since a stack with a sheet too few would be divided wrongly.
struct SeparatorPrint {
  std::vector<SeparatorPage> pages;
  std::vector<ItemError> errors;
};
SeparatorPrint separatorPrint(const SeparatorOrder& order, const Catalogue& catalogue, Time now);

}  // namespace sohoa
