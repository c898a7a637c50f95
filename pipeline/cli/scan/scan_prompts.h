#pragma once

#include <optional>
#include <string>

#include "pipeline/cli/base/context.h"
#include "pipeline/scanning/scan_session.h"

namespace sohoa::cli {

/// Says how the stack must lie before it goes on, and how to tell.
void sayPutBack(const Context& context, const ScanSession& desk);

/// The questions at the scanner, one line each from standard input. An end of input, or a signal,
/// is no answer.
class ScanPerson {
 public:
  explicit ScanPerson(const Context& context) : context_(context) {}

  /// Which sheet lies on top of the feeder now; Enter means the one asked for.
  std::optional<int> sheetOnTop(int asked) const;
  /// Whether the next sheets (or the turned stack) are in the feeder.
  bool ready(const std::string& request) const;

  struct Next {
    enum class Kind { more, turned, stack, dossier, close, leave };
    Kind kind = Kind::leave;
    std::string dossier;
  };
  /// What comes after a load that ended with an empty feeder.
  Next next(const ScanStack& stack) const;

 private:
  std::optional<std::string> ask(const std::string& question) const;
  const Context& context_;
};

}  // namespace sohoa::cli
