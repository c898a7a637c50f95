#include <filesystem>

#include "core/durable.h"
#include "pipeline/cli/context.h"
#include "pipeline/register_import.h"

namespace sohoa::cli {
namespace {

void import(const Context& context, const std::filesystem::path& file, ExitCode& exit) {
  const Site site = context.site();
  const RegisterImport done = importRegister(site, file);
  for (const RegisterProblem& problem : done.problems) {
    if (context.json) {
      context.object(nlohmann::json{{"event", "problem"},
                                  {"line", problem.line},
                                  {"what", problem.what},
                                  {"value", problem.value}});
    } else {
      context.line(context.say("Line {}: {}: {}", problem.line, context.tr(problem.what), problem.value));
    }
  }
  if (!done.problems.empty()) exit = ExitCode::finishedWith;
  if (context.json) {
    context.object(nlohmann::json{{"event", "register"},
                                {"added", done.change.added},
                                {"updated", done.change.updated},
                                {"unchanged", done.change.unchanged},
                                {"left_out", done.problems.size()}});
  } else {
    context.line(context.say("Register: {} added, {} updated, {} unchanged, {} lines left out.",
                             done.change.added, done.change.updated, done.change.unchanged,
                             done.problems.size()));
  }
}

}  // namespace

void addRegister(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("register", std::string(context.tr("the one-stop register")));
  command->require_subcommand(1);
  CLI::App* importing = command->add_subcommand(
      "import", std::string(context.tr("take in the register's CSV file: the denominator of every ratio")));
  const auto file = std::make_shared<std::filesystem::path>();
  importing->add_option("FILE", *file, std::string(context.tr("CSV file")))->required()->check(CLI::ExistingFile);
  importing->callback([file, &context] { import(context, *file, context.exit); });
}

}  // namespace sohoa::cli
