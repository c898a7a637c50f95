#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/result.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/review/review_roles.h"
#include "pipeline/workers/worker_process.h"

namespace sohoa {

/// Page numbers as people write them, "3" or "2,5-7", each once, in order. Cause reviewPage for
/// what is none, or lies outside 1..`pages`.
Result<std::vector<int>> parsePages(const std::string& text, int pages);

/// Asks for pages of a held dossier to be scanned again; it cannot be accepted before they are in.
/// Asking again for a page replaces the reason. Causes: reviewRole, reviewPage. Throws BatchError.
Result<void> requestRescan(const Site& site, HeldDossier held, const std::vector<int>& pages,
                           const std::string& person, const std::string& reason);
/// Takes all requests of a dossier back.
Result<void> withdrawRescan(const Site& site, HeldDossier held, const std::string& person,
                            const std::string& reason);

struct MergedPage {
  std::string name;  ///< of the new image among the scans
  int waiting = 0;   ///< pages that still wait for theirs
  bool files =
      false;  ///< the dossier goes on by itself with the next run: it is read and judged anew
};
/// Puts a page that was scanned again in its place: `file` is copied to the scans, the image before
/// stays among the originals. `inspector` opens the file, since this process may hold a key one
/// day. Causes: reviewRole, reviewPage, reviewOnePage, or what is wrong with the file. Throws
/// BatchError.
Result<MergedPage> mergePage(const Site& site, HeldDossier held, int page,
                             const std::filesystem::path& file, WorkerProcess& inspector,
                             const std::string& person, const std::string& reason);

}  // namespace sohoa
