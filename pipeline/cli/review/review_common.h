#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/cli/base/context.h"
#include "pipeline/dossier/dossier_folders.h"

namespace sohoa::cli {

/// Options of the commands under `review`; each command reads its own.
struct ReviewOptions {
  std::string code, person, reason;
  std::optional<std::string> pages;  ///< "3", "2,5-7"
  int page = 0;
  std::filesystem::path file, out;
  bool rescan = false, withdraw = false;
  std::vector<std::string> values;  ///< "number=1234/QĐ-STNMT"
};

std::string personOf(const ReviewOptions& options);
/// Throws UsageError when nothing of this code waits.
HeldDossier requireHeld(const Context& context, const Site& site, const std::string& code);
/// Says why a person may not, or not yet; exit code 3.
void refused(Context& context, const std::string& code, const ItemError& why);

// Pages to be scanned again: review_rescan.cpp.
/// Prints the pages that wait for their new image, for the person who fetches the paper.
void listRescans(Context& context, const ReviewOptions& options);
/// Asks for pages again, or takes that back.
void rescanPages(Context& context, const ReviewOptions& options);
/// Puts a page that was scanned again in its place.
void mergePageAgain(Context& context, const ReviewOptions& options);

}  // namespace sohoa::cli
