#include "pipeline/night/watch.h"

#include <signal.h>
#include <unistd.h>

#include "core/texts/json.h"
#include "pipeline/audit/ledger_anchor.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/night/night_progress.h"
#include "pipeline/night/systemd_notify.h"
#include "pipeline/site/agency_key.h"
#include "pipeline/site/signing_services.h"

namespace sohoa::cli {
namespace {

std::atomic<bool> interrupted{false};
void onSignal(int) { interrupted = true; }

struct Options {
  int workers = 0;
  double settle = 0, poll = -1, retry = 600;
};

/// What a run says goes to the usual progress; the watch's own words stand between.
class Screen final : public WatchListener {
 public:
  Screen(const Context& context, const Site& site)
      : context_(context),
        site_(site),
        progress_(makeProgress(context.language, context.json, ::isatty(STDOUT_FILENO) == 1)) {}

  void leftAlone(const std::string& folder, const std::string& why) override {
    progress_->leftAlone(folder, why);
  }
  void takenIn(const std::string& batch, int dossiers, int pages) override {
    tellServiceManager("STATUS=" + batch);
    progress_->takenIn(batch, dossiers, pages);
  }
  void willRead(int pages) override { progress_->willRead(pages); }
  void pageRead(const std::string& dossier) override { progress_->pageRead(dossier); }
  void decided(const Outcome& outcome) override { progress_->decided(outcome); }
  void warning(const char* english, const std::string& value) override {
    progress_->warning(english, value);
  }

  void watching(bool polling) override {
    tellServiceManager("READY=1");
    if (context_.json) return context_.object({{"event", "watching"}, {"polling", polling}});
    say(polling
            ? context_.say("watching     {}, looking from time to time", site_.intake().string())
            : context_.say("watching     {}", site_.intake().string()));
  }
  void busy() override {
    if (context_.json) return context_.object({{"event", "busy"}});
    say(std::string(context_.tr("Another command is working on the site; waiting for it.")));
  }
  void finished(const NightSummary& summary) override {
    // As a night does: once a day, a signed statement about the ledger.
    const SiteServices services(site_);
    makeAnchor(site_, loadKey(site_), *site_.clock(), false, timestamperOf(services));
    // A new bar for the next run.
    progress_ = makeProgress(context_.language, context_.json, ::isatty(STDOUT_FILENO) == 1);
    if (context_.json) {
      context_.object({{"event", "summary"},
                       {"received", summary.received},
                       {"filed", summary.filed},
                       {"held", summary.held},
                       {"quarantined", summary.quarantined},
                       {"remaining", summary.remaining},
                       {"balances", summary.balances()}});
    } else {
      say(describe(summary, context_.language));
    }
    tellServiceManager("STATUS=");
  }

 private:
  void say(const std::string& line) const {
    context_.line(line);
    std::fflush(stdout);
  }
  const Context& context_;
  const Site& site_;
  std::unique_ptr<NightListener> progress_;
};

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<long>(seconds * 1000));
}

void watch(Context& context, const Options& options) {
  const Site site = context.site();
  const Config& config = site.config();
  WatchOptions how;
  how.night.program = context.program;
  how.night.workers = options.workers;
  how.settle = options.settle > 0 ? milliseconds(options.settle)
                                  : std::chrono::seconds(config.watch.settleSeconds);
  how.poll = options.poll >= 0 ? milliseconds(options.poll)
                               : std::chrono::seconds(config.watch.pollSeconds);
  how.retry = milliseconds(options.retry);
  struct sigaction action {};
  action.sa_handler = onSignal;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  Screen screen(context, site);
  const bool cutShort = watchIntake(site, how, screen, interrupted);
  tellServiceManager("STOPPING=1");
  context.exit = cutShort ? ExitCode::interrupted : ExitCode::done;
}

}  // namespace

void addWatch(Command app, Context& context) {
  const auto options = std::make_shared<Options>();
  Command command = app.subcommand(
      "watch", std::string(context.tr("file closed batches as they arrive, until it is stopped")));
  const auto seconds = [&](const char* name, double& into, const char* english, double least) {
    command.option(name, into, std::string(context.tr(english))).range(least, 86400.0);
  };
  seconds("--settle", options->settle, textId("seconds that a closed batch must not have changed"),
          0.1);
  seconds(
      "--poll", options->poll,
      textId("look every so many seconds (network shares); 0: when the kernel tells of a change"),
      0);
  seconds("--retry", options->retry,
          textId("seconds until a batch that could not be finished is tried again"), 1);
  command
      .option("--workers", options->workers,
              std::string(context.tr("page workers; one per core unless given")))
      .range(1, 512);
  command.footer(
      std::string(context.tr("Ends with SIGINT or SIGTERM after the dossiers in hand: exit code 0, "
                             "or 130 when others of their batch were left for later.")));
  command.action([options, &context] { watch(context, *options); });
}

}  // namespace sohoa::cli
