#include <fmt/core.h>
#include <signal.h>

#include <atomic>

#include "core/texts/json.h"
#include "pipeline/cli/commands.h"
#include "pipeline/cli/scan/scan_command.h"

namespace sohoa::cli {
namespace {

std::atomic<bool> interrupted{false};
void onSignal(int) { interrupted = true; }

void list(Context& context) {
  const std::vector<ScannerInfo> found = listScanners();
  for (const ScannerInfo& scanner : found) {
    if (context.json) {
      context.object({{"device", scanner.name},
                      {"vendor", scanner.vendor},
                      {"model", scanner.model},
                      {"type", scanner.type}});
    } else {
      context.line(fmt::format("{}  {} {}  ({})", scanner.name, scanner.vendor, scanner.model,
                               scanner.type));
    }
  }
  if (found.empty() && !context.json) context.line(context.tr("No scanner was found."));
}

}  // namespace

void addScan(Command app, Context& context) {
  const auto options = std::make_shared<ScanOptions>();
  Command command =
      app.subcommand("scan", std::string(context.tr("scan paper into a batch of intake")));
  declare(command, context, options);
  command.action([options, &context] {
    if (options->list) return list(context);
    check(*options);
    struct sigaction action {};
    action.sa_handler = onSignal;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    ScanCall call(context, *options, interrupted);
    call.run();
    call.sayStrangers();
  });
}

}  // namespace sohoa::cli
