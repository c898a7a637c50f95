#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/workers/worker_process.h"

namespace sohoa::cli {

void addPageWorker(Command app, Context& context) {
  const auto options = std::make_shared<WorkerSetup>();
  const auto blind = std::make_shared<bool>(false);
  Command command = app.subcommand("page-worker", "").hidden();  // hidden: started by `run`
  command.option("--tessdata", options->tessdata);
  command.option("--model", options->model);
  command.option("--memory", options->memoryMegabytes);
  command.option("--data", options->dataMegabytes);
  command.flag("--no-recogniser", *blind);
  const auto renderer = std::make_shared<std::string>();
  command.option("--renderer", *renderer);
  command.action([options, blind, renderer, &context] {
    options->renderer = *renderer;
    options->reads = !*blind;
    context.exit = serveAsWorker(*options) == 0 ? ExitCode::done : ExitCode::stopped;
  });
}

}  // namespace sohoa::cli
