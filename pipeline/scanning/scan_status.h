#pragma once

#include <string>
#include <vector>

#include "pipeline/scanning/scan_batch.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// A batch whose scanning was begun and not closed. The nightly run does not take it in.
struct UnfinishedScan {
  std::string batch;    ///< folder name as raw bytes
  ScanBatch sum;        ///< empty if `problem` is set
  std::string problem;  ///< why the journal cannot be read
};
/// Lists such batches by name. Read-only: does not disturb a scan in progress.
std::vector<UnfinishedScan> unfinishedScans(const Site& site);

}  // namespace sohoa
