#include "pipeline/cli/context.h"
#include "pipeline/worker_process.h"

namespace sohoa::cli {

void addPageWorker(CLI::App& app, Context& context) {
  struct Options {
    std::string tessdata, model;
    int memory = 3000;
    bool blind = false;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("page-worker", "")->group("");  // hidden: started by `run`
  command->add_option("--tessdata", options->tessdata);
  command->add_option("--model", options->model);
  command->add_option("--memory", options->memory);
  command->add_flag("--no-recogniser", options->blind);
  command->callback([options, &context] {
    const int status =
        serveAsWorker(options->tessdata, options->model, options->memory, !options->blind);
    context.exit = status == 0 ? ExitCode::done : ExitCode::stopped;
  });
}

}  // namespace sohoa::cli
