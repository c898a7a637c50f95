#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "pipeline/workers/worker_protocol.h"

namespace sohoa {

struct WorkerSetup {
  std::filesystem::path program;  ///< the sohoa executable; its hidden command is `page-worker`
  std::string tessdata, model;
  int memoryMegabytes = 3000;
  bool reads = true;  ///< false: no recogniser is loaded; for packaging and checking only
  /// Memory that the worker may fill itself, mapped files apart; 0: `memoryMegabytes` alone counts.
  int dataMegabytes = 0;
  /// The first start copies this process (a millisecond) instead of starting the program (tens of
  /// them). Only for `reads == false` in a process that has no other threads then and holds no
  /// secrets; a worker that must be started again is the program.
  bool copied = false;
};

/// A child process that does jobs. Started with OMP_THREAD_LIMIT=1 in its environment before exec,
/// because Tesseract's OpenMP code ignores what is set later; dies with its parent.
class WorkerProcess {
 public:
  /// Starts it and waits for its greeting. Throws BatchError(modelMissing | workerUnfit).
  explicit WorkerProcess(const WorkerSetup& setup);
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  const EngineInfo& engine() const { return engine_; }
  int fd() const { return fd_; }  ///< readable when a reply (or the end) is there

  void send(const std::string& request);
  /// What has come so far: a whole reply, nothing yet, or the end (the process is gone).
  enum class State { waiting, replied, gone };
  State receive(std::string& reply);
  /// Waits at most `limit`; gone also when the time is up (the process is killed).
  State receiveWithin(std::chrono::seconds limit, std::string& reply);

  /// One job, blocking. A dead or hanging worker gives pageCrashed or pageTimeout, and the next
  /// call starts a new one: a file that kills its worker costs nothing else.
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

/// The body of `sohoa page-worker`: serves jobs on file descriptor 3 until it is closed. Only what
/// a worker needs to know of `setup` is looked at.
int serveAsWorker(const WorkerSetup& setup);

}  // namespace sohoa
