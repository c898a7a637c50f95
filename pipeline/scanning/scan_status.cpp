#include "pipeline/scanning/scan_status.h"

#include <algorithm>

#include "pipeline/scanning/scan_journal.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// Journals renamed by a later scan of the same name; no batch may have such a name.
bool retired(const std::string& batch) { return batch.find('~') != std::string::npos; }

}  // namespace

std::vector<UnfinishedScan> unfinishedScans(const Site& site) {
  std::vector<UnfinishedScan> scans;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(site.state() / "scans", none)) {
    if (entry.path().extension() != ".jsonl") continue;
    UnfinishedScan scan{entry.path().stem().native(), {}, {}};
    if (retired(scan.batch)) continue;
    try {
      scan.sum = ScanJournal::read(entry.path());
    } catch (const BatchError& error) {
      scan.problem = error.what();
    } catch (const fs::filesystem_error&) {
      continue;  // renamed a moment ago
    }
    if (scan.sum.state == ScanBatch::State::closed) continue;
    const bool paper = scan.sum.unfinished() != nullptr && scan.sum.unfinished()->moved;
    const bool pages = scan.sum.pages() > 0 && fs::exists(site.intake() / scan.batch);
    if (pages || paper || !scan.problem.empty()) scans.push_back(std::move(scan));
  }
  std::sort(scans.begin(), scans.end(),
            [](const UnfinishedScan& a, const UnfinishedScan& b) { return a.batch < b.batch; });
  return scans;
}

}  // namespace sohoa
