#pragma once

#include <stdexcept>
#include <string>

namespace sohoa::cli {

/// A command line that makes no sense, found by the command itself. CommandLine::run() prints it in
/// the language of the output and ends with ExitCode::usage.
class UsageError : public std::runtime_error {
 public:
  /// A whole sentence, in the language of the output.
  explicit UsageError(const std::string& sentence) : std::runtime_error(sentence) {}
  /// `name`: of the option or argument; `value`: as given, or what is wrong with it.
  UsageError(const std::string& name, const std::string& value)
      : std::runtime_error(name + ": " + value) {}
};

/// An option or argument that this use of the command needs; what() is its name.
class MissingArgument : public std::runtime_error {
 public:
  explicit MissingArgument(const std::string& name) : std::runtime_error(name) {}
};

}  // namespace sohoa::cli
