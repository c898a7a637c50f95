#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "pipeline/workers/worker_protocol.h"

namespace sohoa {

struct WorkerSetup {
  /// the sohoa executable, started with its hidden command `page-worker`
  std::filesystem::path program;
  std::string tessdata, model;
  int memoryMegabytes = 3000;
  bool reads = true;  ///< false: no recogniser is loaded; for packaging and checking only
  /// Limit for private memory, file mappings excluded; 0: only `memoryMegabytes` applies.
  int dataMegabytes = 0;
  /// The first start forks this process (about 1 ms) instead of starting the program (tens of ms).
  /// Allowed only with `reads == false`, in a process that has no other threads at that time and
  /// holds no secrets. A worker that must be restarted is started as the program.
  bool copied = false;
  /// The program `sohoa-render`, for verification; empty or missing: no page is drawn.
  std::filesystem::path renderer = {};
};

/// A child process that does jobs. It is started with OMP_THREAD_LIMIT=1 in its environment before
/// exec, because Tesseract's OpenMP code ignores later changes. It dies with its parent.
class WorkerProcess {
 public:
  /// Starts the process and waits for its greeting. Throws BatchError(modelMissing | workerUnfit).
  explicit WorkerProcess(const WorkerSetup& setup);
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  const EngineInfo& engine() const { return engine_; }
  int fd() const { return fd_; }  ///< readable when a reply or the end of the stream has arrived

  void send(const std::string& request);
  /// Reads what has arrived: a complete reply, nothing yet, or the end (the process is gone).
  enum class State { waiting, replied, gone };
  State receive(std::string& reply);
  /// Waits at most `limit`. Returns `gone` on timeout too; the process is then killed.
  State receiveWithin(std::chrono::seconds limit, std::string& reply);

  /// Does one job, blocking. A worker that died or timed out gives pageCrashed or pageTimeout, and
  /// the next call starts a new one, so that such a file does not affect others.
  template <class Job>
  Result<typename Job::Reply> call(const Job& job, std::chrono::seconds limit) {
    if (pid_ <= 0) start();
    send(encode(job));
    std::string reply;
    if (receiveWithin(limit, reply) == State::replied) return decodeReply<Job>(reply);
    kill();
    return ItemError{Stage::packaging, timedOut_ ? Cause::pageTimeout : Cause::pageCrashed, "",
                     "the worker process ended"};
  }

  void kill();

 private:
  void start();

  WorkerSetup setup_;
  bool startedOnce_ = false;
  pid_t pid_ = -1;
  int fd_ = -1;
  bool timedOut_ = false;
  std::string buffer_;
  EngineInfo engine_;
};

/// The body of `sohoa page-worker`: serves jobs on file descriptor 3 until it is closed. Only the
/// members of `setup` that concern a worker are used.
int serveAsWorker(const WorkerSetup& setup);

}  // namespace sohoa
