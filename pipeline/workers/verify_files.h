#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "pipeline/workers/worker_process.h"

namespace sohoa {

/// Verifies many files in parallel, each in a sandboxed worker process without keys or network, one
/// file at a time per worker, with bounded memory and time. `job.file` is set for each file; with
/// several files, so is a subfolder of `job.evidence` (if given). `each` receives the replies in
/// the order of the files, on the caller's thread. A file that crashes its worker or times out gets
/// an error. `workers`: 0 = one per core; never more than files. Throws BatchError when no worker
/// starts.
void verifyFiles(
    const WorkerSetup& setup, const VerifyJob& job, const std::vector<std::filesystem::path>& files,
    int workers,
    const std::function<void(const std::filesystem::path&, Result<VerifyJob::Reply>)>& each);

}  // namespace sohoa
