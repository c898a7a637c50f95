#include <signal.h>
#include <unistd.h>

#include <atomic>

#include "core/texts/json.h"
#include "pipeline/audit/ledger_anchor.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/night/night.h"
#include "pipeline/night/night_progress.h"
#include "pipeline/site/agency_key.h"
#include "pipeline/site/signing_services.h"

namespace sohoa::cli {
namespace {

std::atomic<bool> interrupted{false};

void onSignal(int) { interrupted = true; }

/// "HH:MM" in Vietnam: the next time the clock shows it.
std::optional<Time> nextTimeOf(const std::string& text, Time now) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto at = parseIsoTime(isoDay(vietnamDay(now)) + "T" + text + ":00+07:00");
  if (!at) return std::nullopt;
  return *at > now ? *at : *at + std::chrono::days(1);
}

nlohmann::json toJson(const NightSummary& summary) {
  return {{"event", "summary"},
          {"batches", summary.batches},
          {"received", summary.received},
          {"filed", summary.filed},
          {"held", summary.held},
          {"quarantined", summary.quarantined},
          {"remaining", summary.remaining},
          {"waiting", summary.waiting},
          {"from_review", summary.fromReview},
          {"left_alone", summary.leftAlone},
          {"pages", summary.pages},
          {"seconds", summary.seconds},
          {"balances", summary.balances()}};
}

}  // namespace

void addRun(Command app, Context& context) {
  struct Options {
    std::string batch, until;
    int workers = 0;
  };
  const auto options = std::make_shared<Options>();
  Command command = app.subcommand(
      "run", std::string(context.tr("the nightly batch: read, sign and file what lies in intake")));
  command.option("--batch", options->batch, std::string(context.tr("only this folder of intake")));
  command
      .option("--workers", options->workers,
              std::string(context.tr("page workers; one per core unless given")))
      .range(1, 512);
  command.option("--until", options->until,
                 std::string(context.tr("begin no further page after HH:MM (Vietnam time)")));
  command.action([options, &context] {
    const Site site = context.site();
    NightOptions night;
    night.program = context.program;
    night.workers = options->workers;
    if (!options->batch.empty()) night.batch = options->batch;
    if (!options->until.empty()) {
      night.until = nextTimeOf(options->until, SystemClock().now());
      if (!night.until) throw UsageError("--until", "HH:MM");
    }
    struct sigaction action {};
    action.sa_handler = onSignal;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);

    NightSummary summary;
    {
      const auto progress =
          makeProgress(context.language, context.json, ::isatty(STDOUT_FILENO) == 1);
      summary = runNight(site, night, *progress, interrupted);
    }
    // Once a day, by the process that holds the key anyway.
    const SiteServices services(site);
    makeAnchor(site, loadKey(site), *site.clock(), false, timestamperOf(services));
    if (context.json) {
      context.object(toJson(summary));
    } else {
      context.line(describe(summary, context.language));
    }
    const bool needsPerson =
        summary.held + summary.quarantined + summary.remaining > 0 || !summary.balances();
    if (needsPerson) context.exit = ExitCode::finishedWith;
    if (interrupted) context.exit = ExitCode::interrupted;
  });
}

}  // namespace sohoa::cli
