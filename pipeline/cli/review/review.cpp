#include "pipeline/review/review.h"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>

#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/cli/document_text.h"
#include "pipeline/cli/review/review_common.h"
#include "pipeline/cli/review/review_session.h"
#include "pipeline/cli/review/review_show.h"
#include "pipeline/cli/review/review_stack.h"
#include "pipeline/common/file_names.h"
#include "pipeline/night/night.h"
#include "pipeline/night/night_progress.h"
#include "pipeline/results/keyed_fields.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa::cli {
namespace {

using nlohmann::json;

void list(const Context& context) {
  const Site site = context.site();
  const auto all = listHeld(site);
  if (context.json) {
    for (const HeldDossier& held : all) context.object(heldJson(context, held));
    return;
  }
  if (all.empty()) return context.line(context.tr("No dossier is waiting for review."));
  for (const HeldDossier& held : all) printHeld(context, held);
}

void show(const Context& context, const ReviewOptions& options) {
  const Site site = context.site();
  const ReviewView view = viewOf(site, requireHeld(context, site, options.code));
  if (context.json) {
    json value = viewJson(context, view);
    if (view.held.item.stack) value["stack"] = stackJson(*view.held.item.stack);
    return context.object(value);
  }
  printView(context, view);
  if (view.held.item.stack) return showStack(context, view.held);
  const bool field = std::any_of(view.fields.begin(), view.fields.end(),
                                 [](const ReviewField& one) { return one.problem.has_value(); });
  if (field) {
    context.line(context.tr(
        "Key in what the page says: sohoa review correct CODE number=… date=… --reason …"));
  }
  context.line(context.tr("Ask for a page again with: sohoa review rescan CODE PAGES --reason …"));
  context.line(context.tr(
      "Decide with: sohoa review accept CODE --reason …  or  sohoa review reject CODE --reason …"));
}

void acceptAndFile(Context& context, const ReviewOptions& options) {
  const Site site = context.site();
  const HeldDossier held = requireHeld(context, site, options.code);
  const auto accepted = accept(site, held, personOf(options), options.reason);
  if (!accepted) {
    // If the problem cannot be accepted, report that problem rather than reviewNotAcceptable.
    ItemError why = accepted.error();
    if (why.cause == Cause::reviewNotAcceptable)
      why = {Stage::gate, notAcceptable(held).front(), "", ""};
    refused(context, held.code, why);
    if (held.item.stack && !context.json) context.line(splitHint(context));
    return;
  }
  NightOptions night;
  night.program = context.program;
  night.dossier = held.code;
  night.workers = 1;
  const std::atomic<bool> never{false};
  const auto progress = makeProgress(context.language, context.json, false);
  runNight(site, night, *progress, never);
  // Held again, or found unfit after all.
  for (const Outcome& outcome : site.catalogue().open()->outcomes(held.batch)) {
    const bool itsOwn = outcome.code == held.code && outcome.folder == printable(held.folder);
    if (itsOwn && outcome.kind != Outcome::Kind::filed) context.exit = ExitCode::finishedWith;
  }
}

/// The dossier is filed and waits for nothing but its number or day (`file_by_hand`).
void correctFiled(const Context& context, const Site& site, const ReviewOptions& options,
                  const std::map<std::string, std::string>& values) {
  const auto done = keyIntoFiled(site, options.code, values, personOf(options), options.reason);
  if (const auto* wrong = std::get_if<std::string>(&done)) {
    throw UsageError("FIELD=VALUE", *wrong);
  }
  const KeyedIn& now = std::get<KeyedIn>(done);
  if (context.json) {
    return context.object(json{{"event", "corrected"},
                               {"dossier", now.dossier},
                               {"version", now.version},
                               {"changed", now.changed},
                               {"counted", now.notCountedReason.empty()}});
  }
  context.line(now.changed ? context.say("{} has version {} now.", now.dossier, now.version)
                           : context.say("{} had these values already.", now.dossier));
  context.line(now.notCountedReason.empty()
                   ? std::string(context.tr("  Counts as digitised."))
                   : context.say("  Does not count as digitised: {}",
                                 notCountedInWords(context, now.notCountedReason)));
}

void correctIt(Context& context, const ReviewOptions& options) {
  const Site site = context.site();
  std::map<std::string, std::string> values;
  for (const std::string& pair : options.values) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos) throw UsageError("FIELD=VALUE", pair);
    values[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  if (!findHeld(site, options.code) && isFiledAndDigitised(site, options.code)) {
    return correctFiled(context, site, options, values);
  }
  const HeldDossier held = requireHeld(context, site, options.code);
  const auto done = correct(site, held, values, personOf(options), options.reason);
  if (!done && done.error().cause == Cause::reviewValue) {
    throw UsageError("FIELD=VALUE", done.error().item);
  }
  if (!done) return refused(context, held.code, done.error());
  if (context.json) {
    return context.object(json{{"event", "corrected"},
                               {"dossier", held.code},
                               {"files", done->files},
                               {"settled", done->settled},
                               {"waiting_for_second", done->waiting},
                               {"differs", done->differs}});
  }
  sayKeyed(context, held.code, *done);
}

void rejectIt(Context& context, const ReviewOptions& options) {
  const Site site = context.site();
  const HeldDossier held = requireHeld(context, site, options.code);
  const auto done = reject(site, held, personOf(options), options.reason);
  if (!done) return refused(context, held.code, done.error());
  if (context.json) {
    return context.object(json{{"event", "rejected"}, {"dossier", held.code}});
  }
  context.line(context.say("{} was moved to quarantine/{}.", held.code, held.batch));
}

}  // namespace

std::string personOf(const ReviewOptions& options) {
  return options.person.empty() ? whoRuns() : options.person;
}

HeldDossier requireHeld(const Context& context, const Site& site, const std::string& code) {
  auto held = findHeld(site, code);
  if (!held) throw UsageError(context.say("nothing of this code waits for review: {}", code));
  return *held;
}

void refused(Context& context, const std::string& code, const ItemError& why) {
  context.exit = ExitCode::finishedWith;
  if (context.json) {
    return context.object(json{{"event", "refused"},
                               {"dossier", code},
                               {"cause", codeOf(why.cause)},
                               {"reason", reasonOf(why.cause, context.language)},
                               {"detail", why.detail}});
  }
  context.line(
      context.say("Refused: {}", context.reason(std::string(codeOf(why.cause)), why.detail)));
}

void addReview(Command app, Context& context) {
  Command command = app.subcommand(
      "review", std::string(context.tr("dossiers that wait for a person's decision")));
  command.allowSubcommand();
  const auto options = std::make_shared<ReviewOptions>();
  command.option("--by,--as", options->person,
                 std::string(context.tr("who decides; the login name unless given")));
  command.action([&context, options, command] {
    if (!command.subcommandGiven()) reviewSession(context, personOf(*options));
  });
  const auto withCode = [&](const char* name, std::string_view description) {
    Command sub = command.subcommand(name, std::string(description));
    sub.option("CODE", options->code, std::string(context.tr("dossier code"))).required();
    return sub;
  };
  const auto withReason = [&](Command sub) {
    sub.option("--reason", options->reason, std::string(context.tr("why; kept in the ledger")))
        .required();
    sub.option("--by,--as", options->person,
               std::string(context.tr("who decides; the login name unless given")));
    return sub;
  };
  Command listing = command.subcommand("list", std::string(context.tr("what waits, and why")));
  listing.flag("--rescan", options->rescan,
               std::string(context.tr("the list of pages to be scanned again, to be printed")));
  listing.option("-o,--out", options->out,
                 std::string(context.tr("with --rescan: a PDF to print and tick off")));
  listing.action([&context, options] {
    if (!options->out.empty() && !options->rescan) throw MissingArgument("--rescan");
    options->rescan ? listRescans(context, *options) : list(context);
  });
  withCode("show", context.tr("one dossier: reasons, files, where the scans lie"))
      .action([&context, options] { show(context, *options); });
  withReason(withCode("accept", context.tr("let it pass: it is signed and filed now")))
      .action([&context, options] { acceptAndFile(context, *options); });
  Command keyIn = withReason(withCode(
      "correct",
      context.tr(
          "key in fields of the document, waiting or filed; what waited files with the next run")));
  keyIn
      .option("FIELD=VALUE", options->values,
              std::string(context.tr("number=1234/QĐ-STNMT, date=2021-09-10 …")))
      .required();
  keyIn.action([&context, options] { correctIt(context, *options); });
  addReviewSplit(command, context);
  withReason(withCode("reject", context.tr("move it to quarantine, to be scanned again")))
      .action([&context, options] { rejectIt(context, *options); });
  Command again = withReason(withCode("rescan", context.tr("have pages scanned again")));
  again.option("PAGES", options->pages, std::string(context.tr("page numbers: 3 or 2,5-7")));
  again.flag("--withdraw", options->withdraw,
             std::string(context.tr("take the requests of this dossier back")));
  again.action([&context, options] { rescanPages(context, *options); });
  Command merging = withCode("merge", context.tr("put a page that was scanned again in its place"));
  merging.option("PAGE", options->page, std::string(context.tr("page number in the dossier")))
      .required();
  merging.option("FILE", options->file, std::string(context.tr("file of one page")))
      .required()
      .existingFile();
  merging.option("--reason", options->reason, std::string(context.tr("why; kept in the ledger")));
  merging.option("--by,--as", options->person,
                 std::string(context.tr("who decides; the login name unless given")));
  merging.action([&context, options] { mergePageAgain(context, *options); });
}

}  // namespace sohoa::cli
