#include "pipeline/export/events.h"

#include <signal.h>

#include <atomic>

#include "core/durable.h"
#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/export/webhook.h"

namespace sohoa::cli {
namespace {

std::atomic<bool> stopped{false};

void onSignal(int) { stopped = true; }

struct Options {
  std::uint64_t from = 0;
  bool follow = false;
  WebhookTarget target;
  std::filesystem::path secretFile;
};

std::string secretOf(const std::filesystem::path& file) {
  if (file.empty()) return {};
  std::string secret = readFile(file);
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  if (secret.empty()) throw UsageError("--secret-file", file.string());
  return secret;
}

void deliver(Context& context, Options options) {
  options.target.secret = secretOf(options.secretFile);
  if (options.follow) options.target.attempts = 0;
  const WebhookResult done =
      deliverEvents(context.site(), options.target, options.from, options.follow, stopped);
  if (!done.problem.empty()) context.exit = ExitCode::finishedWith;
  if (context.json) {
    return context.object(nlohmann::json{{"event", "delivered"},
                                         {"events", done.delivered},
                                         {"next", done.next},
                                         {"problem", done.problem}});
  }
  context.line(context.say("{} events delivered; the next call begins at position {}.",
                           done.delivered, done.next));
  if (!done.problem.empty()) context.line(context.say("Stopped: {}", done.problem));
}

void run(Context& context, const Options& options) {
  struct sigaction action {};
  action.sa_handler = onSignal;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  if (!options.target.url.empty()) return deliver(context, options);
  const EventStream stream{std::max<std::uint64_t>(1, options.from), options.follow};
  streamEvents(context.site(), stream, stopped, [&](const StatusEvent& event) {
    context.data(toJson(event) + "\n");
    std::fflush(stdout);
    return std::ferror(stdout) == 0;
  });
}

}  // namespace

void addEvents(Command app, Context& context) {
  const auto options = std::make_shared<Options>();
  Command command = app.subcommand(
      "events", std::string(context.tr(
                    "changes of status for other systems: JSON lines, or sent to a web address")));
  command.option(
      "--from", options->from,
      std::string(context.tr("first position; else the start, or where the receiver stands")));
  command.flag("--follow", options->follow, std::string(context.tr("go on as events come in")));
  Option hook = command.option("--webhook", options->target.url,
                               std::string(context.tr("address that each event is sent to")));
  command
      .option("--secret-file", options->secretFile,
              std::string(context.tr("file with the secret that signs each request")))
      .needs(hook)
      .existingFile();
  command
      .option("--attempts", options->target.attempts,
              std::string(context.tr("attempts for each event")))
      .needs(hook)
      .range(1, 1000);
  command.action([options, &context] { run(context, *options); });
}

}  // namespace sohoa::cli
