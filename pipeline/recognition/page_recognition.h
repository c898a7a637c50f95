#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <vector>

#include "pipeline/dossier/dossier_task.h"
#include "pipeline/intake/stacks.h"
#include "pipeline/workers/worker_pool.h"

namespace sohoa {

/// Inspects and hashes files with all workers; results in the order of the files.
std::vector<Result<IntakeFile>> inspectInParallel(const std::vector<std::filesystem::path>& files,
                                                  WorkerPool& pool, const std::atomic<bool>& stop);

/// Inspects and hashes one file with one worker.
Result<IntakeFile> inspectWith(WorkerProcess& worker, const std::filesystem::path& file);

/// What takes batches in, with all workers.
/// Signatures are checked against the anchors in `trust`, at the time `at`.
StackTools toolsOf(WorkerPool& pool, const std::atomic<bool>& stop,
                   const std::filesystem::path& trust, Time at);
/// The same with one worker, for a command.
StackTools toolsOf(WorkerProcess& worker);

struct ReadingRoomLimits {
  std::chrono::seconds pageLimit{120};
  int attempts = 2;
};

/// How the file of a reading begins, by the file's place in the dossier and the page in it (from 0);
/// the model's fingerprint follows.
std::string readingName(std::size_t file, int index);
/// The pages of a docket that are to be read: all of its files that are not signed already. Fills
/// docket.pages and docket.readings.
void layOut(Docket& docket, const EngineInfo& engine);

/// Recognises the pages of many dockets, one page at a time across all of them, and hands each docket
/// on when its last page is in. Readings are kept in files: those of an interrupted run are not made
/// again. `mayBegin` is asked before each page.
void readAll(std::vector<Docket>& dockets, WorkerPool& pool, const ReadingRoomLimits& limits,
             const std::atomic<bool>& stop, const std::function<bool()>& mayBegin,
             const std::function<void(const Docket&)>& pageRead,
             const std::function<void(Docket)>& finished);

/// Pages of these dockets that have no reading yet.
int pagesToRead(const std::vector<Docket>& dockets);

/// Gives a page that could not be read, and that a person accepted so, a reading file without text,
/// so that it is packaged like the others.
void keepUnread(Docket& docket, std::size_t page);

}  // namespace sohoa
