#include "pipeline/workers/worker_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "pipeline/workers/message_framing.h"

namespace sohoa {
namespace {

constexpr int kWorkerFd = 3;
constexpr std::chrono::seconds kStartLimit{60};

/// The parent's environment without variables that could affect recognition, plus the thread limit.
std::vector<std::string> workerEnvironment() {
  std::vector<std::string> variables = {"OMP_THREAD_LIMIT=1", "LC_ALL=C.UTF-8"};
  for (const char* name : {"PATH", "TMPDIR", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS",
                           "LSAN_OPTIONS", "SOHOA_TEST_WORKER_FAULT"}) {
    if (const char* value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
  }
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

pid_t spawn(const WorkerSetup& setup, int childEnd) {
  std::vector<std::string> arguments = {setup.program.string(),
                                        "page-worker",
                                        "--tessdata",
                                        setup.tessdata,
                                        "--model",
                                        setup.model,
                                        "--memory",
                                        std::to_string(setup.memoryMegabytes),
                                        "--data",
                                        std::to_string(setup.dataMegabytes)};
  if (!setup.reads) arguments.push_back("--no-recogniser");
  if (!setup.renderer.empty()) {
    arguments.insert(arguments.end(), {"--renderer", setup.renderer.string()});
  }
  std::vector<std::string> environment = workerEnvironment();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, childEnd, kWorkerFd);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  // A group of its own: Ctrl-C reaches the whole process group, but only the supervisor decides how
  // to stop.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  pid_t pid = -1;
  const int failure = posix_spawn(&pid, setup.program.c_str(), &actions, &attributes,
                                  pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failure != 0) {
    throw BatchError(Cause::workerUnfit, setup.program.string() + ": " + std::strerror(failure));
  }
  return pid;
}

/// Forks this process as a worker: nothing is loaded or linked again.
pid_t copyProcess(const WorkerSetup& setup, int childEnd) {
  std::fflush(nullptr);
  const pid_t pid = ::fork();
  if (pid < 0) throw BatchError(Cause::workerUnfit, std::strerror(errno));
  if (pid > 0) return pid;
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
  if (childEnd != kWorkerFd) ::dup2(childEnd, kWorkerFd);
  ::close_range(kWorkerFd + 1, ~0u, 0);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(nothing, STDIN_FILENO);
  ::close(nothing);
  int status = 1;
  try {
    status = serveAsWorker(setup);
  } catch (...) {
  }
  ::_exit(status);
}

}  // namespace

WorkerProcess::WorkerProcess(const WorkerSetup& setup) : setup_(setup) { start(); }

void WorkerProcess::start() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    throw BatchError(Cause::workerUnfit, std::strerror(errno));
  }
  try {
    const bool copy = setup_.copied && !startedOnce_;
    pid_ = copy ? copyProcess(setup_, ends[1]) : spawn(setup_, ends[1]);
    startedOnce_ = true;
  } catch (...) {
    ::close(ends[0]);
    ::close(ends[1]);
    throw;
  }
  ::close(ends[1]);
  fd_ = ends[0];
  ::fcntl(fd_, F_SETFL, O_NONBLOCK);
  timedOut_ = false;
  buffer_.clear();

  std::string text;
  const bool answered = receiveWithin(kStartLimit, text) == State::replied;
  const Greeting greeting =
      answered ? greetingFrom(text)
               : Greeting{{}, 0, std::string(codeOf(Cause::workerUnfit)), "no greeting"};
  std::string problem = greeting.problem;
  if (problem.empty() && setup_.reads && greeting.threads != 1)
    problem = codeOf(Cause::workerUnfit);
  if (!problem.empty()) {
    kill();
    throw BatchError(causeFromCode(problem).value_or(Cause::workerUnfit), greeting.detail);
  }
  engine_ = greeting.engine;
}

WorkerProcess::~WorkerProcess() { kill(); }

void WorkerProcess::kill() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

void WorkerProcess::send(const std::string& request) { sendFrame(fd_, request); }

WorkerProcess::State WorkerProcess::receive(std::string& reply) {
  char piece[1 << 16];
  for (;;) {
    if (takeFrame(buffer_, reply)) return State::replied;
    const ssize_t n = ::recv(fd_, piece, sizeof piece, 0);
    if (n > 0) {
      buffer_.append(piece, static_cast<std::size_t>(n));
    } else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      return State::waiting;
    } else if (n == 0 || errno != EINTR) {
      return State::gone;
    }
  }
}

WorkerProcess::State WorkerProcess::receiveWithin(std::chrono::seconds limit, std::string& reply) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  for (;;) {
    if (const State state = receive(reply); state != State::waiting) return state;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) {
      timedOut_ = true;
      kill();
      return State::gone;
    }
    pollfd wait{fd_, POLLIN, 0};
    ::poll(&wait, 1, static_cast<int>(left.count()));
  }
}

}  // namespace sohoa
