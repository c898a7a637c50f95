#include "pipeline/recognition/page_recognition.h"

#include <fmt/core.h>

#include <fstream>

#include "core/durable.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kInspectLimit{120};

/// Work files need no sync: one that a power cut spoils does not parse, and the page is read again.
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
  // A file that kills its reader is damaged, whoever is to blame.
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
    return PoolTask{encode(InspectJob{files[i]}), kInspectLimit, 1, [&results, i](Result<std::string> reply) {
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

void layOut(Docket& docket, const EngineInfo& engine) {
  const fs::path folder = docket.work / "readings";
  for (const ItemPage& place : pagesOf(docket.item)) {
    PageAttempt& page = docket.pages.emplace_back();
    page.file = place.file;
    page.index = place.index;
    const std::ptrdiff_t file = place.file - docket.item.files.data();
    docket.readings.push_back(folder / (readingName(static_cast<std::size_t>(file), place.index) +
                                        engine.modelSha256.substr(0, 8) + ".json"));
  }
}

int pagesToRead(const std::vector<Docket>& dockets) {
  int count = 0;
  for (const Docket& docket : dockets) {
    for (const fs::path& reading : docket.readings) count += fs::exists(reading) ? 0 : 1;
  }
  return count;
}

void keepUnread(Docket& docket, std::size_t page) {
  const PageAttempt& attempt = docket.pages[page];
  const IncomingPage& incoming = attempt.file->pages.at(static_cast<std::size_t>(attempt.index));
  PageReading reading;
  reading.width = incoming.width;
  reading.height = incoming.height;
  reading.xDpi = incoming.xDpi;
  reading.yDpi = incoming.yDpi;
  reading.orientationSure = false;
  docket.readings[page] += ".unread";
  writeWorkFile(docket.readings[page], toJson(reading));
}

void readAll(std::vector<Docket>& dockets, WorkerPool& pool, const ReadingRoomLimits& limits,
             const std::atomic<bool>& stop, const std::function<bool()>& mayBegin,
             const std::function<void(const Docket&)>& pageRead,
             const std::function<void(Docket)>& finished) {
  struct Place {
    std::size_t docket, page;
  };
  std::vector<Place> places;
  std::vector<std::size_t> open;  // pages of each docket that are not in yet
  for (std::size_t d = 0; d < dockets.size(); ++d) {
    open.push_back(dockets[d].pages.size());
    for (std::size_t p = 0; p < dockets[d].pages.size(); ++p) places.push_back({d, p});
  }
  const auto pageIsIn = [&](std::size_t d) {
    if (--open[d] == 0) finished(std::move(dockets[d]));
  };
  const auto takeReply = [&](Place at, Result<std::string> reply) {
    Docket& docket = dockets[at.docket];
    Result<PageReading>& reading = docket.pages[at.page].reading;
    if (reply) {
      reading = decodeReply<ReadJob>(*reply);
    } else {
      reading = reply.error();
    }
    if (reading) writeWorkFile(docket.readings[at.page], toJson(*reading));
    pageRead(docket);
    pageIsIn(at.docket);
  };

  std::size_t given = 0;
  const auto next = [&]() -> std::optional<PoolTask> {
    while (given < places.size() && mayBegin()) {
      const Place at = places[given++];
      Docket& docket = dockets[at.docket];
      if (auto earlier = readBack(docket.readings[at.page])) {
        docket.pages[at.page].reading = std::move(earlier);
        pageIsIn(at.docket);
        continue;
      }
      fs::create_directories(docket.readings[at.page].parent_path());
      const PageAttempt& page = docket.pages[at.page];
      return PoolTask{encode(ReadJob{docket.scans / page.file->original.name, page.index}),
                      limits.pageLimit, limits.attempts,
                      [&takeReply, at](Result<std::string> reply) { takeReply(at, std::move(reply)); }};
    }
    return std::nullopt;
  };
  pool.run(next, stop);
}

}  // namespace sohoa
