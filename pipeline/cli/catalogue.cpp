#include "core/texts/json.h"
#include "pipeline/audit/audit.h"
#include "pipeline/audit/catalogue_rebuild.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"

namespace sohoa::cli {
namespace {

void rebuildCatalogue(Context& context) {
  const RebuildSummary done = rebuild(context.site());
  if (!done.problems.empty() || !done.equal) context.exit = ExitCode::finishedWith;
  if (context.json) {
    return context.object(nlohmann::json{{"event", "rebuilt"},
                                         {"dossiers", done.dossiers},
                                         {"register", done.registerRows},
                                         {"outcomes", done.outcomes},
                                         {"equal", done.equal},
                                         {"problems", done.problems}});
  }
  for (const std::string& problem : done.problems) context.line(problem);
  context.line(context.say("Catalogue rebuilt: {} dossiers, {} register rows, {} outcomes.",
                           done.dossiers, done.registerRows, done.outcomes));
  context.line(context.tr(
      done.equal ? "It says what the old one said."
                 : "It differs from the old one, which is kept as catalogue.sqlite.old."));
}

}  // namespace

void addCatalogue(Command app, Context& context) {
  Command command =
      app.subcommand("catalogue", std::string(context.tr("the catalogue of what is filed")));
  command.requireSubcommand();
  command.subcommand("rebuild", std::string(context.tr("make it anew from the repository alone")))
      .action([&context] { rebuildCatalogue(context); });
}

}  // namespace sohoa::cli
