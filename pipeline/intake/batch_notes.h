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
/// `pages` is how many sides of paper with content were counted for a dossier folder (a page that
/// was scanned twice because of a sticky note counts once). Lines that are neither are passed over.
struct BatchNotes {
  std::vector<std::string> scannedBy;
  std::map<std::string, int> pages;  ///< by folder
};
/// Throws std::filesystem::filesystem_error when `.done` is there and cannot be read.
BatchNotes readBatchNotes(const std::filesystem::path& batch);
std::string writeBatchNotes(const BatchNotes& notes);

/// Adds who scanned it with `sohoa scan`, as the ledger says of the newest batch of this name.
void addScanners(const Site& site, const std::string& folder, BatchNotes& notes);

}  // namespace sohoa
