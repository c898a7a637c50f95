#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sohoa::test {

/// What a command left behind.
struct CommandResult {
  int exitCode = -1;  ///< -1 when a signal ended it
  int signal = 0;     ///< that signal, or 0
  bool timedOut = false;
  std::string out, err;
  bool ok() const { return exitCode == 0; }
  /// Everything on one page, for a failure message.
  std::string describe() const;
};

struct CommandOptions {
  std::filesystem::path folder;            ///< working folder; empty: the caller's
  std::map<std::string, std::string> env;  ///< added to (or replacing in) the caller's environment
  std::string input;                       ///< standard input
  std::chrono::seconds timeout{300};       ///< then SIGKILL for it and what it started
};

/// A program that runs beside the test, in a process group of its own. Output is kept in memory
/// files, so a talkative program never blocks. The destructor kills the group.
class Child {
 public:
  /// `arguments[0]` is looked up in PATH. Throws std::system_error when it cannot be started.
  explicit Child(const std::vector<std::string>& arguments, const CommandOptions& options = {});
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int pid() const;
  /// What has been written to standard output so far.
  std::string outputSoFar() const;
  /// To the whole group.
  void signal(int number);
  /// The result once it has ended within `time`; later calls give the same.
  std::optional<CommandResult> waitFor(std::chrono::milliseconds time);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Runs a command to its end, or to its timeout, which under the sanitizers is several times as
/// long.
CommandResult runCommand(const std::vector<std::string>& arguments,
                         const CommandOptions& options = {});

/// Whether a program of that name is in PATH.
bool hasProgram(const std::string& name);

}  // namespace sohoa::test
