#include <fmt/core.h>

#include <csignal>
#include <cstdlib>
#include <string_view>

#include "core/result.h"
#include "pipeline/cli/context.h"
#include "pipeline/cli/usage_errors.h"

namespace {

using namespace sohoa;

/// The help texts are made before the command line is parsed, in the language it asks for.
Language languageAskedFor(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--lang=en" ||
        (word == "--lang" && i + 1 < argc && argv[i + 1] == std::string_view("en"))) {
      return Language::en;
    }
  }
  return Language::vi;
}

int code(ExitCode exit) { return static_cast<int>(exit); }

int stop(const cli::Context& context, Cause cause, const std::string& detail) {
  const std::string_view reason = reasonOf(cause, context.language);
  if (context.json) {
    context.object(nlohmann::json{
        {"event", "stopped"}, {"cause", codeOf(cause)}, {"reason", reason}, {"detail", detail}});
  }
  fmt::print(stderr, "sohoa: {}{}{}\n", reason, detail.empty() ? "" : ": ", detail);
  return code(ExitCode::stopped);
}

int run(int argc, char** argv, cli::Context& context) {
  CLI::App app(
      std::string(context.tr(
          "sohoa digitises paper dossiers: scans in, searchable signed PDF/A in an archive out.")),
      "sohoa");
  app.footer(std::string(context.tr(
      "Exit codes: 0 all done; 1 stopped, the environment is unfit; 2 wrong usage; 3 finished, "
      "but something is held, quarantined, invalid or does not reconcile; 130 interrupted.")));
  cli::translateHelp(app, context);
  app.failure_message([&](const CLI::App* failed, const CLI::Error& error) {
    return cli::explainUsage(*failed, error, context);
  });
  app.set_version_flag("--version", "sohoa " SOHOA_VERSION,
                       std::string(context.tr("print the version")));
  app.require_subcommand(1);
  app.fallthrough();
  if (const char* site = std::getenv("SOHOA_SITE")) context.sitePath = site;
  app.add_option("--site", context.sitePath,
                 std::string(context.tr("folder of the site (or $SOHOA_SITE)")));
  app.add_flag("--json", context.json, std::string(context.tr("output for programs: JSON")));
  app.add_option_function<std::string>(
         "--lang",
         [&](const std::string& name) {
           context.language = name == "en" ? Language::en : Language::vi;
         },
         std::string(context.tr("language of the output: vi or en")))
      ->check(CLI::IsMember({"vi", "en"}));
  app.add_flag("-v,--verbose", context.verbose, std::string(context.tr("more detail")));

  cli::addInit(app, context);
  cli::addRegister(app, context);
  cli::addScan(app, context);
  cli::addRun(app, context);
  cli::addWatch(app, context);
  cli::addStatus(app, context);
  cli::addSeparators(app, context);
  cli::addReview(app, context);
  cli::addSign(app, context);
  cli::addExtend(app, context);
  cli::addVerify(app, context);
  cli::addTrust(app, context);
  cli::addSearch(app, context);
  cli::addShow(app, context);
  cli::addExport(app, context);
  cli::addReport(app, context);
  cli::addAudit(app, context);
  cli::addCatalogue(app, context);
  cli::addResult(app, context);
  cli::addReplicas(app, context);
  cli::addLedger(app, context);
  cli::addEvents(app, context);
  cli::addPageWorker(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and version are "errors" with code 0.
    return app.exit(error) == 0 ? code(ExitCode::done) : code(ExitCode::usage);
  }
  return code(context.exit);
}

}  // namespace

int main(int argc, char** argv) {
  // A write beyond the limit for file sizes then fails like one to a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  cli::Context context;
  context.program = "/proc/self/exe";
  context.language = languageAskedFor(argc, argv);
  try {
    return run(argc, argv, context);
  } catch (const BatchError& error) {
    return stop(context, error.cause(), error.detail());
  } catch (const std::filesystem::filesystem_error& error) {
    const bool full = error.code() == std::errc::no_space_on_device;
    return stop(context, full ? Cause::diskFull : Cause::diskError, error.what());
  }
}
