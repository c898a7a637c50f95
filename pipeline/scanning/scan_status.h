#pragma once

#include <string>
#include <vector>

#include "pipeline/scanning/scan_batch.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// A batch whose scanning was begun and that is not closed: the night leaves it alone.
struct UnfinishedScan {
  std::string batch;    ///< bytes of the folder's name
  ScanBatch sum;        ///< empty with `problem`
  std::string problem;  ///< why its journal cannot be read
};
/// By name. Looks only: a scan that goes on meanwhile is not disturbed.
std::vector<UnfinishedScan> unfinishedScans(const Site& site);

}  // namespace sohoa
