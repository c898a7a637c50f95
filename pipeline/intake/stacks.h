#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/batch.h"
#include "pipeline/site/site.h"
#include "pipeline/workers/worker_jobs.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa {

/// Whether an entry of a batch is a stack: a .tif, .tiff or .pdf file next to the dossier folders,
/// or a folder named `stack`, or `stack` followed by one of "-_. " or a digit: stack-001, Stack 2.
/// Any other folder name that is no dossier code is refused (dossierCode).
bool isStackName(std::string_view name, bool isFolder);
/// The code of a stack on the review shelf: <name>@<batch>.
std::string stackCode(const std::string& batchId, const std::string& name);
/// Path of a file of a stack; the stack itself may be that file.
std::filesystem::path stackFile(const std::filesystem::path& scans, const IntakeItem& item,
                                const std::string& file);

/// Operations done in parallel by workers; results are in the order of the arguments.
struct IntakeTools {
  struct Look {
    std::filesystem::path file;
    int index = 0;
  };
  struct Extract {
    std::filesystem::path file;
    int first = 0, count = 1;
    std::filesystem::path out;
  };
  std::function<std::vector<Result<PageSigns>>(const std::vector<Look>&)> look;
  std::function<std::vector<Result<void>>(const std::vector<Extract>&)> extract;
  std::function<std::vector<Result<IntakeFile>>(const std::vector<std::filesystem::path>&)> inspect;
  /// Checks PDFs that came in signed; revocation data of their certificates need not be embedded.
  std::function<std::vector<Result<CheckJob::Reply>>(const std::vector<std::filesystem::path>&)>
      check;
};

/// Examines the stacks among the batch's items (those with `stack` set, whose files are inspected)
/// and divides them. A divided stack is replaced by its dossiers, which are items with files of
/// their own in stagingFolder(); the original stays in place. A stack that cannot be divided keeps
/// its item, with the reasons. `root` is the batch's folder.
void divideStacks(const Site& site, const std::filesystem::path& root, Batch& batch,
                  const Catalogue& catalogue, const IntakeTools& tools);

/// Folder of the files of a batch's divided stacks until publishStacks: <staging>/<dossier code>/.
std::filesystem::path stagingFolder(const Site& site, const std::string& batchId);
/// Creates the files of one dossier of a stack in the staging folder. Files with one page are
/// hard-linked; pages of other files are cut out. Returns the item, or why it cannot be made.
Result<IntakeItem> stagePart(const Site& site, const std::string& batchId, const IntakeItem& stack,
                             const std::filesystem::path& scans, const StackPart& part,
                             const IntakeTools& tools);
/// Moves the staged dossiers into the batch's folder, where the run expects them. Call it after the
/// batch's record is written, and again after a crash: dossiers already moved stay where they are.
void publishStacks(const Site& site, const Batch& batch);

}  // namespace sohoa
