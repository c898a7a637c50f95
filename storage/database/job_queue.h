#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sohoa {

/// Work shared between processes, on one host or several. A job is claimed for the length of a
/// lease, which its holder renews while it lives; a job whose lease has run out is free again, so
/// the work of a dead host is taken over. Times are the database's, so that the clocks of hosts
/// need not agree. One thread at a time; every function throws BatchError(catalogueUnusable).
class JobQueue {
 public:
  struct Job {
    std::string kind, name;
    std::string group;  ///< jobs of one group must not be worked on at the same time
    int attempts = 0;   ///< claims so far, this one included; more than 1: an earlier holder died
  };
  virtual ~JobQueue() = default;
  /// Adds jobs that are not there. Lower ranks are claimed first, then in order of names.
  virtual void offer(const std::vector<Job>& jobs, std::int64_t rank) = 0;
  /// Up to `count` free jobs of a kind. Never waits for other claimants.
  virtual std::vector<Job> claim(const std::string& holder, const std::string& kind, int count,
                                 std::chrono::milliseconds lease) = 0;
  /// That very job, if it is free.
  virtual bool claimOne(const std::string& holder, const Job& job,
                        std::chrono::milliseconds lease) = 0;
  /// Whether another holder works on an earlier job of the same group. Ask after claiming, and give
  /// the job back if so: of two that claim at the same time, one goes on.
  virtual bool mustWait(const std::string& holder, const Job& job) = 0;
  /// Prolongs the leases of the holder that have not run out; how many there are.
  virtual int renew(const std::string& holder, std::chrono::milliseconds lease) = 0;
  /// Whether the holder's lease on the job has not run out.
  virtual bool holds(const std::string& holder, const Job& job) = 0;
  /// The job leaves the queue; false, and nothing happens, when it is not the holder's any more.
  virtual bool finish(const std::string& holder, const Job& job) = 0;
  /// Gives a job, or all of the holder's, back unfinished.
  virtual void giveBack(const std::string& holder, const Job& job) = 0;
  virtual void giveBackAll(const std::string& holder) = 0;
  /// Jobs of a kind in the queue, claimed or free.
  virtual std::int64_t size(const std::string& kind) = 0;
};

class Database;
std::unique_ptr<JobQueue> makeJobQueue(const Database& database);

}  // namespace sohoa
