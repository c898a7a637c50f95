#include "pipeline/cli/base/usage_errors.h"

#include <optional>

namespace sohoa::cli {
namespace {

/// CLI11 names the groups of its options and commands in English.
class Help final : public CLI::Formatter {
 public:
  explicit Help(const Context& context)
      : options_(context.tr("Options")), commands_(context.tr("Commands")) {
    for (const auto& [english, name] :
         {std::pair("Usage", context.tr("Usage")),
          std::pair("Positionals", context.tr("Arguments")),
          std::pair("OPTIONS", context.tr("OPTIONS")),
          std::pair("SUBCOMMAND", context.tr("COMMAND")),
          std::pair("SUBCOMMANDS", context.tr("COMMAND")),
          std::pair("REQUIRED", context.tr("REQUIRED")), std::pair("Needs", context.tr("needs")),
          std::pair("Excludes", context.tr("not with"))}) {
      label(english, std::string(name));
    }
  }
  std::string make_group(std::string group, bool positional,
                         std::vector<const CLI::Option*> of) const override {
    return CLI::Formatter::make_group(group == "Options" ? options_ : group, positional, of);
  }
  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override {
    std::string text = CLI::Formatter::make_subcommands(app, mode);
    const std::string heading = "\nSubcommands:\n";
    if (text.starts_with(heading)) text.replace(1, heading.size() - 3, commands_);
    return text;
  }

 private:
  std::string options_, commands_;
};

/// What stands between two parts of a text, or before or after one of them; none: they are not in
/// it.
std::optional<std::pair<std::string, std::string>> around(const std::string& text,
                                                          const std::string& part) {
  const auto at = text.find(part);
  if (at == std::string::npos) return std::nullopt;
  return std::pair(text.substr(0, at), text.substr(at + part.size()));
}

/// CLI11 has sentences, not values: they are taken apart again.
std::string reasonOf(const CLI::Error& error, const Context& context) {
  const std::string what = error.what();
  switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::ExtrasError:
      if (const auto parts = around(what, " not expected: "))
        return context.say("not understood: {}", parts->second);
      break;
    case CLI::ExitCodes::RequiredError:
      if (what == "A subcommand is required")
        return std::string(context.tr("a command is missing"));
      if (const auto parts = around(what, " is required"))
        return context.say("missing: {}", parts->first);
      break;
    case CLI::ExitCodes::ConversionError:
      if (const auto parts = around(what, "Could not convert: "))
        return context.say("not a value: {}", parts->second);
      break;
    case CLI::ExitCodes::ValidationError:
      if (const auto range = around(what, " not in range ")) {
        const auto value = around(range->first, "Value "), ends = around(range->second, " to ");
        return context.say("{} is not in {}", value ? value->first + value->second : range->first,
                           ends ? ends->first + "–" + ends->second : range->second);
      }
      if (const auto parts = around(what, " not in "))
        return context.say("{} is not in {}", parts->first, parts->second);
      if (const auto parts = around(what, "File does not exist: "))
        return context.say("{}no such file: {}", parts->first, parts->second);
      break;
    case CLI::ExitCodes::ArgumentMismatch:
      if (const auto parts = around(what, ": "))
        return context.say("a value is missing, or one too many: {}", parts->first);
      break;
    case CLI::ExitCodes::RequiresError:
      if (const auto parts = around(what, " requires "))
        return context.say("{} needs {}", parts->first, parts->second);
      break;
    case CLI::ExitCodes::ExcludesError:
      if (const auto parts = around(what, " excludes "))
        return context.say("{} does not go with {}", parts->first, parts->second);
      break;
    default:
      break;
  }
  return what;
}

}  // namespace

void translateHelp(CLI::App& app, const Context& context) {
  app.formatter(std::make_shared<Help>(context));
  app.set_help_flag("-h,--help", std::string(context.tr("print this help")));
}

std::string explainUsage(const CLI::App& app, const CLI::Error& error, const Context& context) {
  std::string command = app.get_name();
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    command += " " + at->get_name();
  }
  return "sohoa: " + reasonOf(error, context) + "\n" + context.say("More: {} --help", command) +
         "\n";
}

}  // namespace sohoa::cli
