#include "pipeline/intake/register_import.h"

#include <filesystem>

#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "storage/register/register_merge.h"

namespace sohoa::cli {
namespace {

using nlohmann::json;

struct Options {
  std::filesystem::path file;
  std::string encoding, sheet, person;
  bool dryRun = false;
};

/// What happens to rows, line by line, as it happens.
class Telling {
 public:
  Telling(const Context& context, bool dryRun) : context_(context), dryRun_(dryRun) {}

  RegisterImportListener listener() {
    RegisterImportListener listener;
    listener.problem = [this](const RegisterProblem& problem) { tell(problem); };
    if (dryRun_ || context_.verbose) {
      listener.updated = [this](const RegisterRow& before, const RegisterRow& after) {
        tell("updated", after.dossierCode, describeChange(before, after));
      };
    }
    if (context_.verbose) {
      listener.added = [this](const RegisterRow& row) { tell("added", row.dossierCode, row.unit); };
    }
    return listener;
  }

 private:
  void tell(const RegisterProblem& problem) const {
    if (context_.json) {
      return context_.object(json{{"event", "problem"},
                                  {"line", problem.line},
                                  {"what", problem.what},
                                  {"value", problem.value}});
    }
    context_.line(
        context_.say("Line {}: {}: {}", problem.line, context_.tr(problem.what), problem.value));
  }
  void tell(const char* event, const std::string& code, const std::string& what) const {
    if (context_.json) {
      return context_.object(json{{"event", event}, {"dossier", code}, {"what", what}});
    }
    context_.line(fmt::format("{} {}  {}", *event == 'a' ? '+' : '~', code, what));
  }
  const Context& context_;
  bool dryRun_;
};

void offerWindows1258(const Context& context, const EncodingError& error, const Options& options) {
  if (context.json) return;
  context.line(context.say("Line {} is not UTF-8. As Windows-1258 it reads:", error.line));
  context.line("    " + error.preview);
  context.line(context.say("If that is right: sohoa register import {} --encoding windows-1258",
                           options.file.string()));
  context.line(
      context.tr("Otherwise save the file as \"CSV UTF-8\" (TCVN3 and VNI are not read)."));
}

void import(Context& context, const Options& options) try {
  const Site site = context.site();
  RegisterImportOptions how;
  how.reading = registerOptions(site.config().registerFiles);
  how.person = options.person.empty() ? whoRuns() : options.person;
  how.dryRun = options.dryRun;
  if (!options.sheet.empty()) how.reading.sheet = options.sheet;
  if (!options.encoding.empty()) {
    how.reading.encoding =
        options.encoding == "windows-1258" ? TextEncoding::windows1258 : TextEncoding::utf8;
  }
  Telling telling(context, options.dryRun);
  const RegisterImport done = importRegister(site, options.file, how, telling.listener());
  std::string others;
  for (const std::string& name : done.otherSheets) others += (others.empty() ? "" : ", ") + name;
  if (done.leftOut > 0) context.exit = ExitCode::finishedWith;
  if (context.json) {
    return context.object(json{{"event", "register"},
                               {"dry_run", options.dryRun},
                               {"added", done.change.added},
                               {"updated", done.change.updated},
                               {"unchanged", done.change.unchanged},
                               {"left_out", done.leftOut},
                               {"excluded", done.excluded},
                               {"sheet", done.sheet},
                               {"other_sheets", done.otherSheets}});
  }
  if (!others.empty()) {
    context.line(context.say("Read: the sheet \"{}\". Not read: {} (each by --sheet NAME).",
                             done.sheet, others));
  }
  context.line(context.say("Register: {} added, {} updated, {} unchanged, {} lines left out.",
                           done.change.added, done.change.updated, done.change.unchanged,
                           done.leftOut));
  if (done.excluded > 0) {
    context.line(context.say("Not to be digitised, by the register: {} dossiers.", done.excluded));
  }
  if (options.dryRun) context.line(context.tr("This was a trial: nothing was changed."));
} catch (const EncodingError& error) {
  offerWindows1258(context, error, options);
  throw;
}

}  // namespace

void addRegister(Command app, Context& context) {
  Command command = app.subcommand("register", std::string(context.tr("the one-stop register")));
  command.requireSubcommand();
  Command importing = command.subcommand(
      "import", std::string(context.tr(
                    "take in the register's CSV or XLSX file: the denominator of every ratio")));
  const auto options = std::make_shared<Options>();
  importing.option("FILE", options->file, std::string(context.tr("CSV or XLSX file")))
      .required()
      .existingFile();
  importing.flag("--dry-run", options->dryRun,
                 std::string(context.tr("only show what would change")));
  importing
      .option("--encoding", options->encoding,
              std::string(context.tr("of a CSV file: utf-8 or windows-1258")))
      .oneOf({"utf-8", "windows-1258"});
  importing.option("--sheet", options->sheet,
                   std::string(context.tr("of a workbook: the sheet's name")));
  importing.option("--by,--as", options->person,
                   std::string(context.tr("who imports; the login name unless given")));
  importing.action([options, &context] { import(context, *options); });
}

}  // namespace sohoa::cli
