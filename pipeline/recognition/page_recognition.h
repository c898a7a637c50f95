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

/// Prefix of a reading's file name, from the file's index in the dossier and the page's index in
/// the file (both from 0). The model's fingerprint is appended to it.
std::string readingName(std::size_t file, int index);
/// Lists the pages to read: those of all files that are not filed as received. Fills task.pages and
/// task.readings.
void listPages(DossierTask& task, const EngineInfo& engine);

/// Recognises the pages of many tasks, one page at a time across all of them, and passes each task
/// to `finished` when its last page is read. Readings are kept in files, so that those of an
/// interrupted run are not repeated. `mayBegin` is asked before each page.
void readAll(std::vector<DossierTask>& tasks, WorkerPool& pool, const RecognitionLimits& limits,
             const std::atomic<bool>& stop, const std::function<bool()>& mayBegin,
             const std::function<void(const DossierTask&)>& pageRead,
             const std::function<void(DossierTask)>& finished);

/// Number of pages of these tasks without a reading.
int pagesToRead(const std::vector<DossierTask>& tasks);

/// Writes a reading without text for a page that could not be read and that a person accepted, so
/// that it is packaged like the others.
void keepUnread(DossierTask& task, std::size_t page);

}  // namespace sohoa
