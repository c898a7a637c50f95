#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "core/record.h"
#include "core/result.h"
#include "core/texts/text.h"
#include "pipeline/cli/exit_code.h"
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
  /// Text to standard output as it is.
  void text(std::string_view text) const;
  /// One line to standard output.
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

// Each adds its command to the application; one file each.
void addInit(CLI::App& app, Context& context);
void addRegister(CLI::App& app, Context& context);
void addScan(CLI::App& app, Context& context);
void addRun(CLI::App& app, Context& context);
void addWatch(CLI::App& app, Context& context);
void addStatus(CLI::App& app, Context& context);
void addSeparators(CLI::App& app, Context& context);
void addReviewSplit(CLI::App& review, Context& context);  ///< a subcommand of review
void addReview(CLI::App& app, Context& context);
void addSign(CLI::App& app, Context& context);
void addExtend(CLI::App& app, Context& context);
void addVerify(CLI::App& app, Context& context);
void addTrust(CLI::App& app, Context& context);
void addSearch(CLI::App& app, Context& context);
void addShow(CLI::App& app, Context& context);
void addExport(CLI::App& app, Context& context);
void addReport(CLI::App& app, Context& context);
void addAudit(CLI::App& app, Context& context);
void addCatalogue(CLI::App& app, Context& context);
void addResult(CLI::App& app, Context& context);
void addReplicas(CLI::App& app, Context& context);
void addLedger(CLI::App& app, Context& context);
void addEvents(CLI::App& app, Context& context);
void addPageWorker(CLI::App& app, Context& context);

}  // namespace sohoa::cli
