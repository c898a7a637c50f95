#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "pipeline/workers/worker_process.h"

namespace sohoa {

/// Verifies many files at once: each in a sandboxed worker process without keys or network, a file
/// at a time per worker, bounded in memory and time. `job.file` (and, when given, a folder of its
/// own under `job.evidence`) is filled in for each file. `each` gets the replies in the order of
/// the files, on the caller's thread. A file that kills or holds up its worker gets an error.
/// `workers`: 0 = one per core, and never more than files. Throws BatchError when no worker starts.
void verifyFiles(
    const WorkerSetup& setup, const VerifyJob& job, const std::vector<std::filesystem::path>& files,
    int workers,
    const std::function<void(const std::filesystem::path&, Result<VerifyJob::Reply>)>& each);

}  // namespace sohoa
