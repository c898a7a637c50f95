#pragma once

#include <atomic>
#include <filesystem>
#include <vector>

#include "pipeline/intake/stacks.h"
#include "pipeline/workers/worker_pool.h"

namespace sohoa {

/// Inspects and hashes files with all workers; results in the order of the files.
std::vector<Result<IntakeFile>> inspectInParallel(const std::vector<std::filesystem::path>& files,
                                                  WorkerPool& pool, const std::atomic<bool>& stop);

/// Inspects and hashes one file with one worker.
Result<IntakeFile> inspectWith(WorkerProcess& worker, const std::filesystem::path& file);

/// The operations for taking in batches, done by all workers. Signatures are checked against the
/// anchors in `trust` at the time `at`.
IntakeTools toolsOf(WorkerPool& pool, const std::atomic<bool>& stop,
                    const std::filesystem::path& trust, Time at);
/// The same with one worker, for single commands; without `check`.
IntakeTools toolsOf(WorkerProcess& worker);

}  // namespace sohoa
