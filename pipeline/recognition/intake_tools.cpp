#include "pipeline/recognition/intake_tools.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kLookLimit{120}, kExtractLimit{120}, kCheckLimit{600};

/// An unfit environment is not the input's fault: rethrows it as BatchError, which stops the run.
template <class T>
Result<T> orStop(Result<T> result) {
  if (!result && dispositionOf(result.error().cause) == Disposition::stop) {
    throw BatchError(result.error().cause, result.error().detail);
  }
  return result;
}

template <class Job>
std::vector<Result<std::string>> inParallel(const std::vector<Job>& jobs,
                                            std::chrono::seconds limit, WorkerPool& pool,
                                            const std::atomic<bool>& stop) {
  const ItemError undone{Stage::intake, Cause::pageCrashed, "", "not done"};
  std::vector<Result<std::string>> replies(jobs.size(), undone);
  std::size_t given = 0;
  const auto next = [&]() -> std::optional<PoolTask> {
    if (given == jobs.size()) return std::nullopt;
    const std::size_t i = given++;
    return PoolTask{encode(jobs[i]), limit, 2,
                    [&replies, i](Result<std::string> reply) { replies[i] = std::move(reply); }};
  };
  pool.run(next, stop);
  // The run is stopping for another reason: jobs that were not done must not count as faults of the
  // pages.
  if (stop) throw BatchError(Cause::sameFault, "stopped while a stack was looked through");
  return replies;
}

std::vector<SignsJob> jobsOf(const std::vector<IntakeTools::Look>& looks) {
  std::vector<SignsJob> jobs;
  for (const IntakeTools::Look& look : looks) jobs.push_back({look.file, look.index});
  return jobs;
}

std::vector<ExtractJob> jobsOf(const std::vector<IntakeTools::Extract>& extracts) {
  std::vector<ExtractJob> jobs;
  for (const IntakeTools::Extract& one : extracts)
    jobs.push_back({one.file, one.first, one.count, one.out});
  return jobs;
}

Result<void> withoutValue(const Result<ExtractJob::Reply>& reply) {
  if (!reply) return reply.error();
  return {};
}

}  // namespace

IntakeTools toolsOf(WorkerPool& pool, const std::atomic<bool>& stop, const fs::path& trust,
                    Time at) {
  IntakeTools tools;
  tools.inspect = [&](const std::vector<fs::path>& files) {
    return inspectInParallel(files, pool, stop);
  };
  tools.look = [&](const std::vector<IntakeTools::Look>& looks) {
    std::vector<Result<PageSigns>> all;
    for (auto& reply : inParallel(jobsOf(looks), kLookLimit, pool, stop)) {
      all.push_back(
          orStop(reply ? decodeReply<SignsJob>(*reply) : Result<PageSigns>(reply.error())));
    }
    return all;
  };
  tools.extract = [&](const std::vector<IntakeTools::Extract>& extracts) {
    std::vector<Result<void>> all;
    for (auto& reply : inParallel(jobsOf(extracts), kExtractLimit, pool, stop)) {
      all.push_back(orStop(withoutValue(reply ? decodeReply<ExtractJob>(*reply)
                                              : Result<ExtractJob::Reply>(reply.error()))));
    }
    return all;
  };
  tools.check = [&pool, &stop, trust, at](const std::vector<fs::path>& files) {
    std::vector<CheckJob> jobs;
    for (const fs::path& file : files) jobs.push_back({file, trust, at, true});
    std::vector<Result<CheckJob::Reply>> all;
    for (auto& reply : inParallel(jobs, kCheckLimit, pool, stop)) {
      all.push_back(
          orStop(reply ? decodeReply<CheckJob>(*reply) : Result<CheckJob::Reply>(reply.error())));
    }
    return all;
  };
  return tools;
}

IntakeTools toolsOf(WorkerProcess& worker) {
  IntakeTools tools;
  tools.inspect = [&](const std::vector<fs::path>& files) {
    std::vector<Result<IntakeFile>> all;
    for (const fs::path& file : files) all.push_back(orStop(inspectWith(worker, file)));
    return all;
  };
  tools.look = [&](const std::vector<IntakeTools::Look>& looks) {
    std::vector<Result<PageSigns>> all;
    for (const SignsJob& job : jobsOf(looks)) all.push_back(orStop(worker.call(job, kLookLimit)));
    return all;
  };
  tools.extract = [&](const std::vector<IntakeTools::Extract>& extracts) {
    std::vector<Result<void>> all;
    for (const ExtractJob& job : jobsOf(extracts)) {
      all.push_back(orStop(withoutValue(worker.call(job, kExtractLimit))));
    }
    return all;
  };
  return tools;
}

}  // namespace sohoa
