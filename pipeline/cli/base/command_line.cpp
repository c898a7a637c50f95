#include "pipeline/cli/base/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "pipeline/cli/base/usage_errors.h"

namespace sohoa::cli {

Option Option::required() { return Option(option_->required()); }

Option Option::range(int least, int most) {
  return Option(option_->check(CLI::Range(least, most)));
}

Option Option::range(double least, double most) {
  return Option(option_->check(CLI::Range(least, most)));
}

Option Option::oneOf(const std::vector<std::string>& words) {
  return Option(option_->check(CLI::IsMember(words)));
}

Option Option::existingFile() { return Option(option_->check(CLI::ExistingFile)); }
Option Option::existingFolder() { return Option(option_->check(CLI::ExistingDirectory)); }

Option Option::check(const std::function<std::string(const std::string&)>& whatIsWrong) {
  return Option(option_->check(whatIsWrong));
}

Option Option::separatedByCommas() { return Option(option_->delimiter(',')); }

Option Option::needs(Option other) { return Option(option_->needs(other.option_)); }
Option Option::excludes(Option other) { return Option(option_->excludes(other.option_)); }
Option Option::excludes(const std::string& name) { return Option(option_->excludes(name)); }

Command Command::subcommand(const std::string& name, const std::string& help) {
  return Command(app_->add_subcommand(name, help));
}

template <class T>
Option Command::option(const std::string& names, T& into, const std::string& help) {
  return Option(app_->add_option(names, into, help));
}
template Option Command::option(const std::string&, std::string&, const std::string&);
template Option Command::option(const std::string&, int&, const std::string&);
template Option Command::option(const std::string&, std::uint64_t&, const std::string&);
template Option Command::option(const std::string&, double&, const std::string&);
template Option Command::option(const std::string&, std::filesystem::path&, const std::string&);
template Option Command::option(const std::string&, std::vector<std::string>&, const std::string&);
template Option Command::option(const std::string&, std::optional<std::string>&,
                                const std::string&);
template Option Command::option(const std::string&, std::vector<std::filesystem::path>&,
                                const std::string&);

Option Command::flag(const std::string& names, bool& into, const std::string& help) {
  return Option(app_->add_flag(names, into, help));
}

Command Command::action(std::function<void()> act) {
  return Command(app_->callback(std::move(act)));
}
Command Command::requireSubcommand() { return Command(app_->require_subcommand(1)); }
Command Command::allowSubcommand() { return Command(app_->require_subcommand(0, 1)); }
bool Command::subcommandGiven() const { return !app_->get_subcommands().empty(); }
Command Command::footer(const std::string& text) { return Command(app_->footer(text)); }
Command Command::hidden() { return Command(app_->group("")); }

struct CommandLine::Parser {
  explicit Parser(const std::string& description) : app(description, "sohoa") {}
  CLI::App app;
};

CommandLine::CommandLine(Context& context)
    : parser_(std::make_unique<Parser>(
          std::string(context.tr("sohoa digitises paper dossiers: scans in, searchable signed "
                                 "PDF/A in an archive out.")))),
      context_(context) {
  CLI::App& app = parser_->app;
  app.footer(std::string(context.tr(
      "Exit codes: 0 all done; 1 stopped, the environment is unfit; 2 wrong usage; 3 finished, "
      "but something is held, quarantined, invalid or does not reconcile; 130 interrupted.")));
  translateHelp(app, context);
  app.failure_message([&context](const CLI::App* failed, const CLI::Error& error) {
    return explainUsage(*failed, error, context);
  });
  app.set_version_flag("--version", "sohoa " SOHOA_VERSION,
                       std::string(context.tr("print the version")));
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--site", context.sitePath,
                 std::string(context.tr("folder of the site (or $SOHOA_SITE)")));
  app.add_flag("--json", context.json, std::string(context.tr("output for programs: JSON")));
  app.add_option_function<std::string>(
         "--lang",
         [&context](const std::string& name) {
           context.language = name == "en" ? Language::en : Language::vi;
         },
         std::string(context.tr("language of the output: vi or en")))
      ->check(CLI::IsMember({"vi", "en"}));
  app.add_flag("-v,--verbose", context.verbose, std::string(context.tr("more detail")));
}

CommandLine::~CommandLine() = default;

Command CommandLine::root() { return Command(&parser_->app); }

ExitCode CommandLine::run(int argc, char** argv) {
  CLI::App& app = parser_->app;
  // Help and version are "errors" with code 0.
  const auto end = [&](const CLI::Error& error) {
    return app.exit(error) == 0 ? ExitCode::done : ExitCode::usage;
  };
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return end(error);
  } catch (const UsageError& error) {
    return end(CLI::ValidationError(error.what()));
  } catch (const MissingArgument& error) {
    return end(CLI::RequiredError(error.what()));
  }
  return context_.exit;
}

}  // namespace sohoa::cli
