#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/cli/base/context.h"
#include "pipeline/cli/base/usage_error.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace sohoa::cli {

/// One option or argument of a command. A handle: it is copied freely and lives as long as the
/// CommandLine. Each call returns the option again.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  Option required();
  Option range(int least, int most);
  Option range(double least, double most);
  Option oneOf(const std::vector<std::string>& words);
  Option existingFile();
  Option existingFolder();
  /// `whatIsWrong` returns "" for a good value, else what to say about it.
  Option check(const std::function<std::string(const std::string&)>& whatIsWrong);
  /// "1,2" stands for two values.
  Option separatedByCommas();
  Option needs(Option other);
  Option excludes(Option other);
  Option excludes(const std::string& name);

 private:
  CLI::Option* option_;
};

/// One command, or the whole program; a handle as Option is. Hides CLI11: its headers cost several
/// seconds of compilation in every file that includes them.
class Command {
 public:
  explicit Command(CLI::App* app) : app_(app) {}

  Command subcommand(const std::string& name, const std::string& help);
  /// `names`: "-o,--out" for an option, "FILE" for an argument. `into` must outlive the parsing. T
  /// is one of the types that command_line.cpp instantiates.
  template <class T>
  Option option(const std::string& names, T& into, const std::string& help = {});
  Option flag(const std::string& names, bool& into, const std::string& help = {});
  /// Called after the whole command line has been understood, when this command was given.
  Command action(std::function<void()> act);
  Command requireSubcommand();
  /// With or without one of its subcommands.
  Command allowSubcommand();
  bool subcommandGiven() const;
  Command footer(const std::string& text);
  /// Leaves the command out of the help.
  Command hidden();

 private:
  CLI::App* app_;
};

/// The program's command line: the global options, which end in the context, and the commands that
/// are added to root().
class CommandLine {
 public:
  explicit CommandLine(Context& context);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  Command root();
  /// Understands the arguments and does what they ask for. Prints help, and what is wrong with
  /// them; returns the program's exit code. Exceptions of the commands other than UsageError and
  /// MissingArgument pass through.
  ExitCode run(int argc, char** argv);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  Context& context_;
};

}  // namespace sohoa::cli
