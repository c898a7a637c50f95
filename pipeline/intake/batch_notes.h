#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "pipeline/site/site.h"

namespace sohoa {

/// Notes about a batch beside its scans: lines in the `.done` file, which may be empty.
///   scanned_by: lan
///   pages: 000.00.12.H46-210910-0001 12
/// `pages` is the number of paper sides with content counted for a dossier folder (a page scanned
/// twice because of a sticky note counts once). Other lines are ignored.
struct BatchNotes {
  std::vector<std::string> scannedBy;
  std::map<std::string, int> pages;  ///< by folder
};
/// Throws std::filesystem::filesystem_error when `.done` exists and cannot be read.
BatchNotes readBatchNotes(const std::filesystem::path& batch);
std::string writeBatchNotes(const BatchNotes& notes);

/// Adds the persons who scanned the newest batch of this name with `sohoa scan`, according to the
/// ledger.
void addScanners(const Site& site, const std::string& folder, BatchNotes& notes);

}  // namespace sohoa
