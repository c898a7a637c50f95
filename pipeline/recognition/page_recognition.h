#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <vector>

#include "pipeline/dossier/dossier_task.h"
#include "pipeline/intake/stacks.h"
#include "pipeline/workers/worker_pool.h"

namespace sohoa {

struct RecognitionLimits {
  std::chrono::seconds pageLimit{120};
  int attempts = 2;
};

/// How the file of a reading begins, by the file's place in the dossier and the page in it (from
/// 0); the model's fingerprint follows.
std::string readingName(std::size_t file, int index);
/// The pages of a task that are to be read: all of its files that are not signed already. Fills
/// task.pages and task.readings.
void listPages(DossierTask& task, const EngineInfo& engine);

/// Recognises the pages of many tasks, one page at a time across all of them, and hands each task
/// on when its last page is in. Readings are kept in files: those of an interrupted run are not
/// made again. `mayBegin` is asked before each page.
void readAll(std::vector<DossierTask>& tasks, WorkerPool& pool, const RecognitionLimits& limits,
             const std::atomic<bool>& stop, const std::function<bool()>& mayBegin,
             const std::function<void(const DossierTask&)>& pageRead,
             const std::function<void(DossierTask)>& finished);

/// Pages of these tasks that have no reading yet.
int pagesToRead(const std::vector<DossierTask>& tasks);

/// Gives a page that could not be read, and that a person accepted so, a reading file without text,
/// so that it is packaged like the others.
void keepUnread(DossierTask& task, std::size_t page);

}  // namespace sohoa
