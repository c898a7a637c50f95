#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/record.h"
#include "core/result.h"
#include "core/texts/text.h"
#include "pipeline/cli/base/exit_code.h"
#include "pipeline/site/site.h"

namespace sohoa::cli {

/// What every command shares: the global options, and the exit code it leaves.
struct Context {
  std::filesystem::path program;  ///< this executable, to start workers from
  std::filesystem::path sitePath = ".";
  Language language = Language::vi;
  bool json = false;
  bool verbose = false;
  ExitCode exit = ExitCode::done;

  Site site() const { return Site::open(sitePath); }
  std::string_view tr(std::string_view english) const { return sohoa::tr(language, english); }
  template <class... Args>
  std::string say(std::string_view english, const Args&... args) const {
    return sohoa::say(language, english, args...);
  }
  /// Text to standard output; control characters in it become visible (harmlessText).
  void text(std::string_view text) const;
  /// Output for programs (JSON, XML), byte for byte.
  void data(std::string_view text) const;
  /// One line to standard output, as text().
  void line(std::string_view text) const;
  /// Says why an item was not done, and leaves exit code 3.
  void failed(const ItemError& error);
  /// One JSON value on a line of its own.
  void object(const nlohmann::json& value) const;
  /// "reason (item: detail)" of a cause code as it stands in a record.
  std::string reason(const std::string& causeCode, const std::string& detail) const;
};

/// "the same image twice: 003.jpg = 002.jpg" and the like.
std::string twinText(const Context& context, const PageTwin& twin);

/// The login name: who acts, where the command line does not say.
std::string whoRuns();

}  // namespace sohoa::cli
