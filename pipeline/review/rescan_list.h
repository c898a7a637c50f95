#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "core/texts/text.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// The list for the person who fetches the paper: every page that waits for its new image, by
/// dossier.
struct RescanLine {
  std::string code, batch;
  std::string unit, applicant;  ///< according to the register
  int pages = 0;                ///< number of pages of the dossier
  RescanRequest request;
};
std::vector<RescanLine> rescanList(const Site& site);

/// The list as text for a screen, and as a PDF to print and tick off.
std::string rescanListText(const std::vector<RescanLine>& lines, const Site& site,
                           Language language);
Result<std::string> rescanListPdf(const std::vector<RescanLine>& lines, const Site& site,
                                  Language language);

}  // namespace sohoa
