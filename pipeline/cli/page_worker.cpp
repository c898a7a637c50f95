#include "pipeline/cli/context.h"
#include "pipeline/workers/worker_process.h"

namespace sohoa::cli {

void addPageWorker(CLI::App& app, Context& context) {
  const auto options = std::make_shared<WorkerSetup>();
  const auto blind = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("page-worker", "")->group("");  // hidden: started by `run`
  command->add_option("--tessdata", options->tessdata);
  command->add_option("--model", options->model);
  command->add_option("--memory", options->memoryMegabytes);
  command->add_option("--data", options->dataMegabytes);
  command->add_flag("--no-recogniser", *blind);
  command->callback([options, blind, &context] {
    options->reads = !*blind;
    context.exit = serveAsWorker(*options) == 0 ? ExitCode::done : ExitCode::stopped;
  });
}

}  // namespace sohoa::cli
