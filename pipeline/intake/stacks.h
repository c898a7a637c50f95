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

/// Whether an entry of a batch is a stack: a .tif, .tiff or .pdf file beside the dossier folders,
/// or a folder named `stack`, or `stack` and something after one of "-_. " or a digit: stack-001,
/// Stack 2. Any other folder name that is no dossier code keeps its reason (dossierCode).
bool isStackName(std::string_view name, bool isFolder);
/// What a stack is called outside its batch, on the review shelf: <name>@<batch>.
std::string stackCode(const std::string& batchId, const std::string& name);
/// The place of a file of a stack, which may itself be the file.
std::filesystem::path stackFile(const std::filesystem::path& scans, const IntakeItem& item,
                                const std::string& file);

/// What is done in workers, many at once; results in the order of what is asked.
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
  /// Of PDFs that came in signed; the revocation of their certificates need not be inside.
  std::function<std::vector<Result<CheckJob::Reply>>(const std::vector<std::filesystem::path>&)>
      check;
};

/// Looks through the stacks among the batch's items (those with `stack`, whose files are inspected)
/// and divides them: a stack becomes its dossiers, which are items with files of their own in
/// stagingFolder(); the original stays where it is. One that cannot be divided keeps its item, with
/// the reasons. `root` is the batch's folder.
void divideStacks(const Site& site, const std::filesystem::path& root, Batch& batch,
                  const Catalogue& catalogue, const IntakeTools& tools);

/// Where the files of a batch's divided stacks lie until publishStacks: <staging>/<dossier code>/.
std::filesystem::path stagingFolder(const Site& site, const std::string& batchId);
/// Makes the files of one dossier of a stack there; its item, or why it cannot be made. Files with
/// one page are linked as they are, pages of others are cut out.
Result<IntakeItem> stagePart(const Site& site, const std::string& batchId, const IntakeItem& stack,
                             const std::filesystem::path& scans, const StackPart& part,
                             const IntakeTools& tools);
/// Moves the staged dossiers into the batch's folder, where the run looks for them. To be called
/// once the batch's record is written, and again after a crash: what has been moved stays so.
void publishStacks(const Site& site, const Batch& batch);

}  // namespace sohoa
