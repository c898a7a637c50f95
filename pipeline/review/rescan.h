#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/result.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/review/review_roles.h"
#include "pipeline/workers/worker_process.h"

namespace sohoa {

/// Parses page numbers such as "3" or "2,5-7" into a sorted list without duplicates. Cause
/// reviewPage: malformed, or outside 1..`pages`.
Result<std::vector<int>> parsePages(const std::string& text, int pages);

/// Requests that pages of a held dossier be scanned again; it cannot be accepted before they have
/// come in. A repeated request for a page replaces the reason. Causes: reviewRole, reviewPage.
/// Throws BatchError.
Result<void> requestRescan(const Site& site, HeldDossier held, const std::vector<int>& pages,
                           const std::string& person, const std::string& reason);
/// Withdraws all rescan requests of a dossier.
Result<void> withdrawRescan(const Site& site, HeldDossier held, const std::string& person,
                            const std::string& reason);

struct MergedPage {
  std::string name;    ///< name of the new image among the scans
  int waiting = 0;     ///< pages still waiting for their new image
  bool files = false;  ///< the next run reads and judges the dossier anew
};
/// Inserts a rescanned page: copies `file` to the scans; the previous image stays among the
/// originals. `inspector` opens the file, so that this process, which may one day hold a key, does
/// not parse it. Causes: reviewRole, reviewPage, reviewOnePage, or the problem of the file. Throws
/// BatchError.
Result<MergedPage> mergePage(const Site& site, HeldDossier held, int page,
                             const std::filesystem::path& file, WorkerProcess& inspector,
                             const std::string& person, const std::string& reason);

}  // namespace sohoa
