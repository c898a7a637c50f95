#include "pipeline/cli/scan/scan_command.h"

#include <fmt/core.h>
#include <unistd.h>

#include "core/texts/json.h"
#include "pipeline/cli/base/command_line.h"
#include "pipeline/common/file_names.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa::cli {

ScanCall::ScanCall(Context& context, const ScanOptions& options,
                   const std::atomic<bool>& interrupted)
    : context_(context),
      options_(options),
      site_(context.site()),
      clock_(site_.clock()),
      desk_(site_, options.batch, options.person.empty() ? whoRuns() : printable(options.person),
            *clock_),
      interrupted_(interrupted),
      asks_(!context.json && ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1),
      progress_(makeScanProgress(context.language, context.json, ::isatty(STDOUT_FILENO) == 1)) {}

void ScanCall::run() {
  if (desk_.closedOnOpening()) return sayClosed();
  if (options_.discard) return discard();
  const ScanStack* open = desk_.unfinished();
  if (open != nullptr && open->sheets.empty() && !open->moved) desk_.drop();  // no paper was there
  if (options_.close && !desk_.unfinished()) return close();
  if (options_.backs && !desk_.unfinished()) throw UsageError("--backs", options_.batch);
  if (desk_.unfinished() ? !goOn() : !begin(options_.dossier)) return;
  const ScanStack& stack = *desk_.unfinished();
  const bool done = stack.allThere() && !stack.moved;  // cut off between the last sheet and the end
  for (bool more = done ? afterLoad() : true; more;) more = scanLoad();
  if (interrupted_) context_.exit = ExitCode::interrupted;
}

void ScanCall::sayStrangers() const {
  for (const std::string& name : desk_.unexpectedFiles()) {
    if (context_.json) {
      context_.object({{"event", "put_aside"}, {"file", name}});
    } else {
      context_.line(
          context_.say("moved aside  {}  not a page of this batch; see state/scans", name));
    }
  }
}

bool ScanCall::fail(const ItemError& problem) {
  progress_->clear();
  context_.failed(problem);
  return false;
}

void ScanCall::openDevice(const std::string& device, const ScanSettings& settings) {
  auto scanner = openScanner(device, settings);
  if (!scanner) {
    const ItemError& why = scanner.error();
    throw BatchError(why.cause, why.item + ": " + why.detail);
  }
  scanner_ = std::move(*scanner);
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
  stack.device = deviceOf(options_, site_.config().scan);
  stack.settings = settingsOf(options_, site_.config().scan);
  stack.counted = options_.sheets;
  if (stack.settings.source == ScanSource::duplex) stack.sides = ScanSides::both;
  if (options_.fronts) stack.sides = ScanSides::inTurns;
  if (!dossier.empty()) lookUp(dossier);
  // The device is tried first: a batch without a page should not begin with one that is not there.
  scanner_.reset();
  openDevice(stack.device, stack.settings);
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
    if (stack.sides != ScanSides::inTurns) throw UsageError("--backs", stack.folder);
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
  while (asks_ && !interrupted_) {
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
  if (!options_.driver.empty()) settings.driver = settingsOf(options_, site_.config().scan).driver;
  if (!scanner_) openDevice(options_.device.empty() ? stack.device : options_.device, settings);
  for (const std::string& compromise : scanner_->compromises()) {
    if (!context_.json) context_.line(context_.say("warning      {}", compromise));
  }
  const LoadEnd end = desk_.runLoad(*scanner_, *progress_, interrupted_);
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
    context_.exit = interrupted_ ? ExitCode::interrupted : ExitCode::finishedWith;
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
  if (!desk_.unfinished()) throw UsageError("--discard", options_.batch);
  const std::string folder = desk_.unfinished()->folder;
  desk_.drop();
  if (context_.json) return context_.object({{"event", "discarded"}, {"folder", folder}});
  context_.line(context_.say("discarded    {}  its pages were put aside in state/scans", folder));
}

}  // namespace sohoa::cli
