#include "pipeline/recognition/page_recognition.h"

#include <fmt/core.h>

#include <fstream>

#include "core/durable.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kInspectLimit{120};

/// Work files are not synced: a file damaged by a power failure does not parse, and the page is
/// read again.
void writeWorkFile(const fs::path& file, const std::string& text) {
  const fs::path temporary = file.native() + ".tmp";
  std::ofstream out(temporary, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw BatchError(Cause::diskFull, file.string());
  fs::rename(temporary, file);
}

Result<PageReading> readBack(const fs::path& file) {
  if (!fs::exists(file)) return ItemError{};
  return readingFromJson(readFile(file));
}

IntakeFile intakeFile(InspectJob::Reply reply) {
  IntakeFile file;
  file.original.bytes = reply.bytes;
  file.original.sha512 = reply.sha512;
  file.original.pages = reply.incoming.pageCount;
  file.kind = reply.incoming.kind;
  file.alreadySigned = reply.incoming.alreadySigned;
  file.pages = std::move(reply.incoming.pages);
  return file;
}

Result<IntakeFile> inspection(Result<InspectJob::Reply> inspected) {
  if (inspected) return intakeFile(std::move(*inspected));
  ItemError error = inspected.error();
  if (dispositionOf(error.cause) == Disposition::stop) throw BatchError(error.cause, error.detail);
  // A file that crashes or hangs its reader is treated as damaged, even if the reader is at fault.
  if (error.cause == Cause::pageCrashed || error.cause == Cause::pageTimeout) {
    error = {Stage::intake, Cause::fileTruncated, "", "inspection failed: " + error.detail};
  }
  return error;
}

}  // namespace

std::vector<Result<IntakeFile>> inspectInParallel(const std::vector<fs::path>& files,
                                                  WorkerPool& pool, const std::atomic<bool>& stop) {
  const ItemError unseen{Stage::intake, Cause::pageCrashed, "", "not inspected"};
  std::vector<Result<IntakeFile>> results(files.size(), unseen);
  std::size_t given = 0;
  const auto next = [&]() -> std::optional<PoolTask> {
    if (given == files.size()) return std::nullopt;
    const std::size_t i = given++;
    return PoolTask{encode(InspectJob{files[i]}), kInspectLimit, 1,
                    [&results, i](Result<std::string> reply) {
                      results[i] = inspection(reply ? decodeReply<InspectJob>(*reply)
                                                    : Result<InspectJob::Reply>(reply.error()));
                    }};
  };
  pool.run(next, stop);
  return results;
}

Result<IntakeFile> inspectWith(WorkerProcess& worker, const fs::path& file) {
  return inspection(worker.call(InspectJob{file}, kInspectLimit));
}

std::string readingName(std::size_t file, int index) {
  return fmt::format("{:04}-{:04}.", file + 1, index + 1);
}

void listPages(DossierTask& task, const EngineInfo& engine) {
  const fs::path folder = task.work / "readings";
  for (const ItemPage& place : pagesOf(task.item)) {
    PageAttempt& page = task.pages.emplace_back();
    page.file = place.file;
    page.index = place.index;
    const std::ptrdiff_t file = place.file - task.item.files.data();
    task.readings.push_back(folder / (readingName(static_cast<std::size_t>(file), place.index) +
                                      engine.modelSha256.substr(0, 8) + ".json"));
  }
}

int pagesToRead(const std::vector<DossierTask>& tasks) {
  int count = 0;
  for (const DossierTask& task : tasks) {
    for (const fs::path& reading : task.readings) count += fs::exists(reading) ? 0 : 1;
  }
  return count;
}

void keepUnread(DossierTask& task, std::size_t page) {
  const PageAttempt& attempt = task.pages[page];
  const IncomingPage& incoming = attempt.file->pages.at(static_cast<std::size_t>(attempt.index));
  PageReading reading;
  reading.width = incoming.width;
  reading.height = incoming.height;
  reading.xDpi = incoming.xDpi;
  reading.yDpi = incoming.yDpi;
  reading.orientationSure = false;
  task.readings[page] += ".unread";
  writeWorkFile(task.readings[page], toJson(reading));
}

void readAll(std::vector<DossierTask>& tasks, WorkerPool& pool, const RecognitionLimits& limits,
             const std::atomic<bool>& stop, const std::function<bool()>& mayBegin,
             const std::function<void(const DossierTask&)>& pageRead,
             const std::function<void(DossierTask)>& finished) {
  struct Place {
    std::size_t task, page;
  };
  std::vector<Place> places;
  std::vector<std::size_t> open;  // pages of each task without a result
  for (std::size_t d = 0; d < tasks.size(); ++d) {
    open.push_back(tasks[d].pages.size());
    for (std::size_t p = 0; p < tasks[d].pages.size(); ++p) places.push_back({d, p});
  }
  const auto pageIsIn = [&](std::size_t d) {
    if (--open[d] == 0) finished(std::move(tasks[d]));
  };
  const auto takeReply = [&](Place at, Result<std::string> reply) {
    DossierTask& task = tasks[at.task];
    Result<PageReading>& reading = task.pages[at.page].reading;
    if (reply) {
      reading = decodeReply<ReadJob>(*reply);
    } else {
      reading = reply.error();
    }
    if (reading) writeWorkFile(task.readings[at.page], toJson(*reading));
    pageRead(task);
    pageIsIn(at.task);
  };

  std::size_t given = 0;
  const auto next = [&]() -> std::optional<PoolTask> {
    while (given < places.size() && mayBegin()) {
      const Place at = places[given++];
      DossierTask& task = tasks[at.task];
      if (auto earlier = readBack(task.readings[at.page])) {
        task.pages[at.page].reading = std::move(earlier);
        pageIsIn(at.task);
        continue;
      }
      fs::create_directories(task.readings[at.page].parent_path());
      const PageAttempt& page = task.pages[at.page];
      return PoolTask{
          encode(ReadJob{task.scans / page.file->original.name, page.index}), limits.pageLimit,
          limits.attempts,
          [&takeReply, at](Result<std::string> reply) { takeReply(at, std::move(reply)); }};
    }
    return std::nullopt;
  };
  pool.run(next, stop);
}

}  // namespace sohoa
