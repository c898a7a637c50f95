#include <signal.h>
#include <unistd.h>

#include <algorithm>

#include "core/dossier_code.h"
#include "pipeline/cli/context.h"
#include "pipeline/cli/scan_person.h"
#include "pipeline/cli/scan_progress.h"
#include "pipeline/names.h"
#include "pipeline/scan_desk.h"
#include "storage/catalogue.h"

namespace sohoa::cli {
namespace {

std::atomic<bool> interrupted{false};
void onSignal(int) { interrupted = true; }

/// As typed; empty and 0 mean: as sohoa.toml says, or as the stack was begun.
struct Options {
  std::string device, batch, dossier, source, mode, pageSize, person;
  std::vector<std::string> driver;
  int dpi = 0, sheets = 0, onTop = 0, patience = 60;
  bool list = false, fronts = false, backs = false, append = false;
  bool keepOpen = false, close = false, discard = false;
};

/// One call of the command: stacks, loads and questions until there is no more to do.
class ScanCall {
 public:
  ScanCall(Context& context, const Options& options)
      : context_(context),
        options_(options),
        site_(context.site()),
        clock_(site_.clock()),
        desk_(site_, options.batch,
              options.person.empty() ? whoRuns() : printable(options.person), *clock_),
        asks_(!context.json && ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1),
        progress_(makeScanProgress(context.language, context.json, ::isatty(STDOUT_FILENO) == 1)) {}

  void run() {
    if (desk_.closedOnOpening()) return sayClosed();
    if (options_.discard) return discard();
    const ScanStack* open = desk_.unfinished();
    if (open != nullptr && open->sheets.empty() && !open->moved)
      desk_.drop();  // no paper was there
    if (options_.close && !desk_.unfinished()) return close();
    if (options_.backs && !desk_.unfinished())
      throw CLI::ValidationError("--backs", options_.batch);
    if (desk_.unfinished() ? !goOn() : !begin(options_.dossier)) return;
    const ScanStack& stack = *desk_.unfinished();
    const bool done =
        stack.allThere() && !stack.moved;  // cut off between the last sheet and the end
    for (bool more = done ? afterLoad() : true; more;) more = scanLoad();
    if (interrupted) context_.exit = ExitCode::interrupted;
  }
  void sayStrangers() const {
    for (const std::string& name : desk_.strangers()) {
      if (context_.json) {
        context_.object({{"event", "put_aside"}, {"file", name}});
      } else {
        context_.line(
            context_.say("put aside    {}  it is no page of this batch; see state/scans", name));
      }
    }
  }

 private:
  ScanSettings settings() const;
  std::string device() const;
  bool begin(const std::string& dossier);
  bool goOn();
  bool putBack();
  bool scanLoad();
  bool afterLoad();
  bool askNext();
  bool finish();
  void close();
  void sayClosed() const;
  void discard();
  void lookUp(const std::string& dossier) const;
  bool fail(const ItemError& problem) {
    progress_->clear();
    context_.failed(problem);
    return false;
  }

  Context& context_;
  const Options& options_;
  Site site_;
  std::unique_ptr<Clock> clock_;
  ScanDesk desk_;
  bool asks_;
  ScanPerson person_{context_};
  std::unique_ptr<ScanProgress> progress_;
  std::unique_ptr<Scanner> scanner_;
};

ScanSettings ScanCall::settings() const {
  const Config& config = site_.config();
  ScanSettings settings;
  const auto either = [](const std::string& typed, const std::string& configured) {
    return typed.empty() ? configured : typed;
  };
  settings.source = scanSourceFrom(either(options_.source, config.scanSource)).value();
  settings.mode = scanModeFrom(either(options_.mode, config.scanMode)).value();
  settings.size = pageSizeFrom(either(options_.pageSize, config.scanPageSize)).value();
  settings.dpi = options_.dpi > 0 ? options_.dpi : config.scanDpi;
  settings.jpegQuality = config.scanJpegQuality;
  settings.patience = std::chrono::seconds(options_.patience);
  for (const std::string& option : options_.driver) {
    const std::size_t equals = option.find('=');
    settings.driver.emplace_back(option.substr(0, equals), option.substr(equals + 1));
  }
  return settings;
}

/// As typed or configured, else the only one there is.
std::string ScanCall::device() const {
  if (!options_.device.empty()) return options_.device;
  if (!site_.config().scanDevice.empty()) return site_.config().scanDevice;
  const std::vector<ScannerInfo> found = listScanners();
  if (found.size() == 1) return found.front().name;
  std::string names;
  for (const ScannerInfo& scanner : found) names += (names.empty() ? "" : " | ") + scanner.name;
  throw BatchError(Cause::scanNoDevice, "--device " + names);
}

/// A code that the register does not know will be quarantined at night: better said now.
void ScanCall::lookUp(const std::string& dossier) const {
  const auto catalogue = site_.catalogue().open();
  if (catalogue->registerSize() == 0 || catalogue->registered(dossier)) return;
  if (context_.json) {
    return context_.object(
        {{"event", "warning"}, {"cause", codeOf(Cause::dossierUnknown)}, {"dossier", dossier}});
  }
  context_.line(context_.say(
      "warning      {}",
      dossier + ": " + std::string(reasonOf(Cause::dossierUnknown, context_.language))));
}

bool ScanCall::begin(const std::string& dossier) {
  ScanStack stack;
  stack.folder = dossier;
  stack.device = device();
  stack.settings = settings();
  stack.counted = options_.sheets;
  if (stack.settings.source == ScanSource::duplex) stack.sides = ScanSides::both;
  if (options_.fronts) stack.sides = ScanSides::inTurns;
  if (!dossier.empty()) lookUp(dossier);
  // The device is tried first: a batch without a page should not begin with one that is not there.
  scanner_.reset();
  auto scanner = openScanner(stack.device, stack.settings);
  if (!scanner)
    throw BatchError(scanner.error().cause, scanner.error().item + ": " + scanner.error().detail);
  scanner_ = std::move(*scanner);
  if (auto begun = desk_.begin(stack, options_.append); !begun) return fail(begun.error());
  return true;
}

/// Whether the unfinished stack may go on, with what the person said about it.
bool ScanCall::goOn() {
  const ScanStack& stack = *desk_.unfinished();
  if (!options_.dossier.empty() && options_.dossier != stack.folder) {
    return fail({Stage::intake, Cause::scanUnfinished, stack.folder, ""});
  }
  if (options_.sheets > 0 && options_.sheets != stack.counted) desk_.recount(options_.sheets);
  if (options_.onTop > 0) {
    if (auto answered = desk_.answer(options_.onTop); !answered) return fail(answered.error());
  }
  if (options_.backs && !stack.turned) {
    if (stack.sides != ScanSides::inTurns) throw CLI::ValidationError("--backs", stack.folder);
    if (stack.moved) return putBack();
    if (stack.counted > 0 && static_cast<int>(stack.sheets.size()) != stack.counted) {
      return fail({Stage::intake, Cause::scanCount, stack.folder,
                   fmt::format("{} / {}", stack.sheets.size(), stack.counted)});
    }
    desk_.turn();
  }
  if (options_.close && !options_.backs && !stack.moved) return finish();
  return !stack.moved || (stack.allThere() && stack.trouble.empty()) || putBack();
}

/// After a jam, a lost device or a killed process: the sheet that must come next is put on top.
bool ScanCall::putBack() {
  progress_->clear();
  sayPutBack(context_, desk_);
  while (asks_ && !interrupted) {
    const auto sheet = person_.sheetOnTop(desk_.unfinished()->onTop());
    if (!sheet) break;
    const auto answered = desk_.answer(*sheet);
    if (answered) return true;
    fail(answered.error());
  }
  if (!asks_ && !context_.json) {
    context_.line(
        context_.say("  Then: the same command with --on-top {}", desk_.unfinished()->onTop()));
  }
  if (context_.exit == ExitCode::done)
    return fail({Stage::intake, Cause::scanUnfinished, desk_.unfinished()->folder, ""});
  return false;
}

/// One load; whether there is another.
bool ScanCall::scanLoad() {
  const ScanStack& stack = *desk_.unfinished();
  ScanSettings settings = stack.settings;
  settings.patience = std::chrono::seconds(options_.patience);
  // What the driver is told may change from load to load; what makes the pages may not.
  if (!options_.driver.empty()) settings.driver = this->settings().driver;
  if (!scanner_) {
    auto scanner = openScanner(options_.device.empty() ? stack.device : options_.device, settings);
    if (!scanner)
      throw BatchError(scanner.error().cause, scanner.error().item + ": " + scanner.error().detail);
    scanner_ = std::move(*scanner);
  }
  for (const std::string& compromise : scanner_->compromises()) {
    if (!context_.json) context_.line(context_.say("warning      {}", compromise));
  }
  const LoadEnd end = desk_.runLoad(*scanner_, *progress_, interrupted);
  progress_->clear();
  if (end.interrupted) {
    sayPutBack(context_, desk_);
    return false;
  }
  if (end.trouble) {
    fail(*end.trouble);
    scanner_.reset();
    if (!putBack()) return false;
    context_.exit = ExitCode::done;
    return true;
  }
  if (end.sheets == 0 && stack.sheets.empty()) {
    fail({Stage::intake, Cause::scanEmpty, stack.folder, ""});
    if (!asks_) return false;
    context_.exit = ExitCode::done;
  }
  return afterLoad();
}

/// The feeder is empty: more to come, or is the stack done?
bool ScanCall::afterLoad() {
  const ScanStack& stack = *desk_.unfinished();
  const int sheets = static_cast<int>(stack.sheets.size());
  const int wanted = stack.turned ? sheets : stack.counted,
            done = stack.turned ? stack.backs() : sheets;
  if (done < wanted) {
    if (asks_)
      return person_.ready(context_.say(
          "{} of {} sheets. Enter when the next ones are in the feeder:", done, wanted));
    return fail(
        {Stage::intake, Cause::scanEmpty, stack.folder, fmt::format("{} / {}", done, wanted)});
  }
  const bool decided =
      options_.keepOpen || options_.close || stack.settings.source == ScanSource::flatbed;
  if (asks_ && (!decided || stack.settings.source == ScanSource::flatbed)) return askNext();
  if (stack.sides == ScanSides::inTurns && !stack.turned) {
    if (!context_.json) {
      context_.line(context_.say(
          "{}: {} fronts. Turn the whole stack over, then: the same command with --backs",
          stack.folder, sheets));
    }
    return false;
  }
  return finish();
}

bool ScanCall::askNext() {
  using Kind = ScanPerson::Next::Kind;
  const auto next = person_.next(*desk_.unfinished());
  if (next.kind == Kind::leave) {
    context_.exit = interrupted ? ExitCode::interrupted : ExitCode::finishedWith;
    return false;
  }
  if (next.kind == Kind::more) return true;
  if (next.kind == Kind::turned) {
    desk_.turn();
    return true;
  }
  if (auto done = desk_.finish(next.kind == Kind::close); !done) {
    fail(done.error());
    return putBack();
  }
  if (next.kind == Kind::close) {
    close();
    return false;
  }
  return begin(next.dossier);
}

bool ScanCall::finish() {
  const std::string folder = desk_.unfinished()->folder;
  if (auto done = desk_.finish(!options_.keepOpen); !done) return fail(done.error());
  const ScanStack& stack = desk_.batch().stacks.back();
  if (context_.json) {
    context_.object({{"event", "stack"},
                     {"folder", folder},
                     {"sheets", stack.sheets.size()},
                     {"pages", stack.pages()}});
  } else {
    context_.line(context_.say("stack        {}  {} sheets, {} pages", folder, stack.sheets.size(),
                               stack.pages()));
  }
  if (!options_.keepOpen) close();
  return false;
}

void ScanCall::close() {
  if (auto closed = desk_.close(); !closed) {
    fail(closed.error());
    return;
  }
  sayClosed();
}

void ScanCall::sayClosed() const {
  const int pages = desk_.batch().pages();
  if (context_.json)
    return context_.object(
        {{"event", "closed"}, {"batch", printable(options_.batch)}, {"pages", pages}});
  context_.line(context_.say("closed       {}  {} pages", printable(options_.batch), pages));
}

void ScanCall::discard() {
  if (!desk_.unfinished()) throw CLI::ValidationError("--discard", options_.batch);
  const std::string folder = desk_.unfinished()->folder;
  desk_.drop();
  if (context_.json) return context_.object({{"event", "discarded"}, {"folder", folder}});
  context_.line(context_.say("discarded    {}  its pages were put aside in state/scans", folder));
}

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

void check(const Options& options) {
  if (options.batch.empty()) throw CLI::RequiredError("--batch");
  const bool name = allowedName(options.batch) && options.batch.find('~') == std::string::npos &&
                    options.batch.front() != '.' && options.batch.size() <= 200;
  if (!name) throw CLI::ValidationError("--batch", printable(options.batch));
  if (!options.dossier.empty() && !DossierCode::parse(options.dossier))
    throw CLI::ValidationError("--dossier", options.dossier);
  if (!options.pageSize.empty() && !pageSizeFrom(options.pageSize))
    throw CLI::ValidationError("--page-size", options.pageSize);
  for (const std::string& option : options.driver) {
    if (option.find('=') == std::string::npos) throw CLI::ValidationError("--option", option);
  }
}

}  // namespace

void addScan(CLI::App& app, Context& context) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("scan", std::string(context.tr("scan paper into a batch of intake")));
  const auto text = [&](const char* name, std::string& into, const char* english) {
    return command->add_option(name, into, std::string(context.tr(english)));
  };
  command->add_flag("--list", options->list,
                    std::string(context.tr("the scanners that are there")));
  text("--device", options->device, textId("name of the scanner, as --list shows it"));
  text("--batch", options->batch,
       textId("name of the batch: a new one, or one that is not closed yet"));
  text("--dossier", options->dossier,
       textId("dossier code; without it the stack is separated later"));
  text("--source", options->source, textId("flatbed, feeder or duplex"))
      ->check(CLI::IsMember({"flatbed", "feeder", "duplex"}));
  text("--mode", options->mode, textId("colour, grey or lineart"))
      ->check(CLI::IsMember({"colour", "grey", "lineart"}));
  command
      ->add_option("--resolution", options->dpi,
                   std::string(context.tr("dots per inch, at least 200")))
      ->check(CLI::Range(200, 1200));
  text("--page-size", options->pageSize,
       textId("A3, A4, A5, letter, legal, max, or WIDTHxHEIGHT in mm"));
  command
      ->add_option("--sheets", options->sheets,
                   std::string(context.tr(
                       "sheets counted in the stack: it is not done before all are scanned")))
      ->check(CLI::Range(1, 100000));
  command->add_flag(
      "--fronts", options->fronts,
      std::string(context.tr("one-sided feeder, paper with two sides: all fronts first")));
  command
      ->add_flag("--backs", options->backs,
                 std::string(context.tr("then, with the whole stack turned over, all backs")))
      ->excludes("--fronts");
  command
      ->add_option("--on-top", options->onTop,
                   std::string(context.tr(
                       "after a jam or a break: the sheet that lies on top of the feeder now")))
      ->check(CLI::Range(1, 100000));
  command->add_flag(
      "--append", options->append,
      std::string(context.tr("add to the pages that the dossier (or the last stack) has already")));
  command->add_flag("--keep-open", options->keepOpen,
                    std::string(context.tr("more will be scanned into this batch")));
  command
      ->add_flag("--close", options->close,
                 std::string(context.tr("close the batch: the night may take it")))
      ->excludes("--keep-open");
  command->add_flag(
      "--discard", options->discard,
      std::string(context.tr("give up the stack that is not finished; its pages are put aside")));
  command->add_option("--option", options->driver,
                      std::string(context.tr("an option of the driver, NAME=VALUE")));
  command
      ->add_option(
          "--patience", options->patience,
          std::string(context.tr("seconds without a sign before the scanner counts as gone")))
      ->check(CLI::Range(1, 3600));
  text("--by", options->person, textId("who scans; the login name unless given"));
  command->footer(std::string(
      context.tr("Exit codes: 0 done; 1 no such scanner, batch already closed, disk full …; 2 "
                 "wrong usage; 3 the paper needs a person (jam, empty feeder, cover, cable, "
                 "count): what was scanned is kept, the batch stays open; 130 interrupted.")));
  command->callback([options, &context] {
    if (options->list) return list(context);
    check(*options);
    struct sigaction action {};
    action.sa_handler = onSignal;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    ScanCall call(context, *options);
    call.run();
    call.sayStrangers();
  });
}

}  // namespace sohoa::cli
