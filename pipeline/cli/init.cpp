#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"

namespace sohoa::cli {

void addInit(Command app, Context& context) {
  struct Options {
    std::filesystem::path folder;
    bool demo = false;
  };
  const auto options = std::make_shared<Options>();
  Command command =
      app.subcommand("init", std::string(context.tr("make a site in an empty folder")));
  command.option("DIR", options->folder, std::string(context.tr("folder to make"))).required();
  command.flag("--demo", options->demo,
               std::string(context.tr("with keys and certificates for demonstration only")));
  command.action([options, &context] {
    Site::create(options->folder, options->demo, SystemClock());
    const std::string place = std::filesystem::canonical(options->folder).string();
    if (context.json) return context.object(nlohmann::json{{"event", "init"}, {"site", place}});
    context.line(context.say("The site is ready: {}", place));
    if (options->demo) {
      context.line(
          context.tr("It signs with demonstration keys: its signatures have no legal value."));
    } else {
      context.line(
          context.tr("Next: fill in sohoa.toml, put the key into keys/ and the root certificate "
                     "into trust/."));
    }
  });
}

}  // namespace sohoa::cli
