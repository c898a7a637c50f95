#include "tests/support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <system_error>

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

class MemoryFile {
 public:
  explicit MemoryFile(const char* name) : fd_(::memfd_create(name, MFD_CLOEXEC)) {
    if (fd_ < 0) fail(errno, "memfd_create");
  }
  ~MemoryFile() { ::close(fd_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  int fd() const { return fd_; }
  std::string contents() const {
    struct stat info {};
    if (::fstat(fd_, &info) != 0) fail(errno, "fstat");
    std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
    std::size_t at = 0;
    while (at < bytes.size()) {
      const ssize_t n = ::pread(fd_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (n <= 0) break;
      at += static_cast<std::size_t>(n);
    }
    bytes.resize(at);
    return bytes;
  }
  void fill(const std::string& bytes) const {
    std::size_t at = 0;
    while (at < bytes.size()) {
      const ssize_t n = ::write(fd_, bytes.data() + at, bytes.size() - at);
      if (n < 0) fail(errno, "write");
      at += static_cast<std::size_t>(n);
    }
    ::lseek(fd_, 0, SEEK_SET);
  }

 private:
  int fd_;
};

std::vector<std::string> environmentWith(const std::map<std::string, std::string>& changes) {
  std::vector<std::string> lines;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string line(*entry);
    if (!changes.contains(line.substr(0, line.find('=')))) lines.push_back(line);
  }
  for (const auto& [name, value] : changes) lines.push_back(name + "=" + value);
  return lines;
}

std::vector<char*> pointersInto(std::vector<std::string>& lines) {
  std::vector<char*> pointers;
  pointers.reserve(lines.size() + 1);
  for (std::string& line : lines) pointers.push_back(line.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// posix_spawn's two attribute objects, freed on every way out.
struct SpawnSettings {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
  SpawnSettings() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
};

}  // namespace

struct Child::State {
  MemoryFile in{"stdin"}, out{"stdout"}, err{"stderr"};
  pid_t pid = -1;
  int pidfd = -1;
  std::optional<CommandResult> result;
};

Child::Child(const std::vector<std::string>& arguments, const CommandOptions& options)
    : state_(std::make_unique<State>()) {
  state_->in.fill(options.input);
  SpawnSettings settings;
  posix_spawn_file_actions_adddup2(&settings.actions, state_->in.fd(), 0);
  posix_spawn_file_actions_adddup2(&settings.actions, state_->out.fd(), 1);
  posix_spawn_file_actions_adddup2(&settings.actions, state_->err.fd(), 2);
  if (!options.folder.empty()) {
    posix_spawn_file_actions_addchdir_np(&settings.actions, options.folder.c_str());
  }
  posix_spawnattr_setflags(&settings.attributes, POSIX_SPAWN_SETPGROUP);
  std::vector<std::string> argumentLines = arguments;
  std::vector<std::string> environmentLines = environmentWith(options.env);
  const int error =
      ::posix_spawnp(&state_->pid, arguments.at(0).c_str(), &settings.actions, &settings.attributes,
                     pointersInto(argumentLines).data(), pointersInto(environmentLines).data());
  if (error != 0) fail(error, "cannot start " + arguments[0]);
  // By number: glibc 2.36 declares pidfd_open without C linkage.
  state_->pidfd = static_cast<int>(::syscall(SYS_pidfd_open, state_->pid, 0));
  if (state_->pidfd < 0) fail(errno, "pidfd_open");
}

Child::~Child() {
  if (!state_->result) {
    signal(SIGKILL);
    waitFor(std::chrono::seconds(10));
  }
  if (state_->pidfd >= 0) ::close(state_->pidfd);
}

int Child::pid() const { return state_->pid; }

std::string Child::outputSoFar() const { return state_->out.contents(); }

void Child::signal(int number) {
  if (!state_->result) ::kill(-state_->pid, number);
}

std::optional<CommandResult> Child::waitFor(std::chrono::milliseconds time) {
  if (state_->result) return state_->result;
  const auto until = std::chrono::steady_clock::now() + time;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    pollfd waiting{state_->pidfd, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, left.count() > 0 ? static_cast<int>(left.count()) : 0);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) fail(errno, "poll");
    if (ready == 0) return std::nullopt;
    break;
  }
  int status = 0;
  if (::waitpid(state_->pid, &status, 0) != state_->pid) fail(errno, "waitpid");
  CommandResult result;
  if (WIFEXITED(status)) result.exitCode = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  result.out = state_->out.contents();
  result.err = state_->err.contents();
  state_->result = result;
  return result;
}

CommandResult runCommand(const std::vector<std::string>& arguments, const CommandOptions& options) {
  Child child(arguments, options);
  if (const auto result = child.waitFor(options.timeout * SOHOA_PATIENCE)) return *result;
  child.signal(SIGKILL);
  CommandResult result = child.waitFor(std::chrono::seconds(10)).value_or(CommandResult{});
  result.timedOut = true;
  return result;
}

bool hasProgram(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (::access((fs::path(folder) / name).c_str(), X_OK) == 0) return true;
  }
  return false;
}

std::string CommandResult::describe() const {
  std::ostringstream text;
  if (timedOut) text << "timed out; ";
  if (signal != 0) {
    text << "ended by signal " << signal;
  } else {
    text << "exit code " << exitCode;
  }
  text << "\nstandard output:\n" << out << "\nstandard error:\n" << err;
  return text.str();
}

}  // namespace sohoa::test
