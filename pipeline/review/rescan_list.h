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
  std::string unit, applicant;  ///< as the register has them
  int pages = 0;                ///< of the dossier
  RescanRequest request;
};
std::vector<RescanLine> rescanList(const Site& site);

/// The list to read on a screen, and the same to print and tick off.
std::string rescanListText(const std::vector<RescanLine>& lines, const Site& site,
                           Language language);
Result<std::string> rescanListPdf(const std::vector<RescanLine>& lines, const Site& site,
                                  Language language);

}  // namespace sohoa
