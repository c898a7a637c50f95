#include <fmt/core.h>

#include <csignal>
#include <cstdlib>
#include <string_view>

#include "core/result.h"
#include "core/texts/harmless_text.h"
#include "core/texts/json.h"
#include "pipeline/cli/base/command_line.h"
#include "pipeline/cli/commands.h"

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
  fmt::print(stderr, "sohoa: {}{}{}\n", reason, detail.empty() ? "" : ": ", harmlessText(detail));
  return code(ExitCode::stopped);
}

ExitCode run(int argc, char** argv, cli::Context& context) {
  if (const char* site = std::getenv("SOHOA_SITE")) context.sitePath = site;
  cli::CommandLine line(context);
  cli::addCommands(line.root(), context);
  return line.run(argc, argv);
}

}  // namespace

int main(int argc, char** argv) {
  // A write beyond the limit for file sizes then fails like one to a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  cli::Context context;
  context.program = "/proc/self/exe";
  context.language = languageAskedFor(argc, argv);
  try {
    return code(run(argc, argv, context));
  } catch (const BatchError& error) {
    return stop(context, error.cause(), error.detail());
  } catch (const std::filesystem::filesystem_error& error) {
    const bool full = error.code() == std::errc::no_space_on_device;
    return stop(context, full ? Cause::diskFull : Cause::diskError, error.what());
  }
}
