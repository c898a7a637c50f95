#include "pipeline/review.h"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <map>

#include "core/durable.h"
#include "pipeline/cli/review_stack.h"
#include "pipeline/cli/context.h"
#include "pipeline/keyed_fields.h"
#include "pipeline/names.h"
#include "pipeline/night.h"
#include "pipeline/progress.h"
#include "storage/catalogue.h"

namespace sohoa::cli {
namespace {

using nlohmann::json;

struct Options {
  std::string code, person, reason;
  std::vector<std::string> values;  ///< "number=1234/QĐ-STNMT"
};

HeldDossier requireHeld(const Site& site, const std::string& code) {
  auto held = findHeld(site, code);
  if (!held) throw CLI::ValidationError("CODE", code);
  return *held;
}

/// Pictures of the places in question, beside the held dossier.
std::vector<std::string> crops(const Site& site, const HeldDossier& held) {
  std::vector<std::string> found;
  std::error_code none;
  for (const auto& entry :
       std::filesystem::directory_iterator(reviewFolder(site, held.code) / "crops", none)) {
    found.push_back(entry.path().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

json toJson(const Context& context, const HeldDossier& held) {
  json problems = json::array();
  for (const ItemError& problem : held.problems) {
    problems.push_back({{"cause", codeOf(problem.cause)},
                        {"reason", reasonOf(problem.cause, context.language)},
                        {"item", problem.item},
                        {"detail", problem.detail}});
  }
  return {{"dossier", held.code},
          {"batch", held.batch},
          {"held_at", isoVietnam(held.heldAt)},
          {"pages", held.item.pageCount()},
          {"accepted", held.decision.has_value()},
          {"problems", std::move(problems)}};
}

void printProblems(const Context& context, const HeldDossier& held) {
  for (const ItemError& problem : held.problems) {
    std::string about = problem.item;
    if (!problem.detail.empty()) about += (about.empty() ? "" : ": ") + problem.detail;
    context.line("    " + context.reason(std::string(codeOf(problem.cause)), about));
  }
}

void list(const Context& context) {
  const Site site = context.site();
  const auto all = listHeld(site);
  if (context.json) {
    for (const HeldDossier& held : all) context.object(toJson(context, held));
    return;
  }
  if (all.empty()) return context.line(context.tr("No dossier is waiting for review."));
  for (const HeldDossier& held : all) {
    context.line(context.say("{}  {} pages, batch {}{}", held.code, held.item.pageCount(), held.batch,
                             held.decision ? context.tr(" (accepted, files with the next run)") : ""));
    printProblems(context, held);
  }
}

void show(const Context& context, const Options& options) {
  const Site site = context.site();
  const HeldDossier held = requireHeld(site, options.code);
  if (context.json) {
    json value = toJson(context, held);
    value["crops"] = crops(site, held);
    value["keyed"] = json::object();
    for (const auto& [name, field] : held.keyed) value["keyed"][name] = field.value;
    if (held.item.stack) value["stack"] = stackJson(*held.item.stack);
    return context.object(value);
  }
  context.line(context.say("{}  {} pages, batch {}{}", held.code, held.item.pageCount(), held.batch, ""));
  printProblems(context, held);
  context.line(context.say("Scans: {}", (reviewFolder(site, held.code) / "scans").string()));
  for (const IntakeFile& file : held.item.files) {
    context.line(context.say("    {}  {} pages", file.original.name, file.original.pages));
  }
  for (const std::string& picture : crops(site, held)) context.line(context.say("Picture: {}", picture));
  for (const auto& [name, field] : held.keyed) {
    context.line(context.say("Keyed in by {}: {} = {} ({})", field.person, context.tr(name), field.value, field.reason));
  }
  if (std::any_of(held.problems.begin(), held.problems.end(), [](const ItemError& problem) {
        return problem.cause == Cause::fieldByHand || problem.cause == Cause::fieldContradiction;
      })) {
    context.line(context.tr("Key in what the page says: sohoa review correct CODE number=… date=… --reason …"));
  }
  if (held.item.stack) return showStack(context, held);
  context.line(context.tr("Decide with: sohoa review accept CODE --reason …  or  sohoa review reject CODE --reason …"));
}

void acceptAndFile(Context& context, const Options& options) {
  const Site site = context.site();
  const HeldDossier held = requireHeld(site, options.code);
  if (const auto causes = notAcceptable(held); !causes.empty()) {
    context.exit = ExitCode::finishedWith;
    if (context.json) {
      context.object(json{{"event", "refused"},
                          {"dossier", held.code},
                          {"cause", codeOf(causes.front())},
                          {"reason", reasonOf(causes.front(), context.language)}});
      return;
    }
    context.line(context.say("This cannot be accepted: {}. Reject it, and scan it again.",
                             reasonOf(causes.front(), context.language)));
    if (held.item.stack) context.line(splitHint(context));
    return;
  }
  accept(site, held, options.person.empty() ? whoRuns() : options.person, options.reason);
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
void correctFiled(const Context& context, const Site& site, const Options& options,
                  const std::map<std::string, std::string>& values) {
  const auto done = keyIntoFiled(site, options.code, values,
                                 options.person.empty() ? whoRuns() : options.person, options.reason);
  if (const auto* wrong = std::get_if<std::string>(&done)) {
    throw CLI::ValidationError("FIELD=VALUE", *wrong);
  }
  const KeyedIn& now = std::get<KeyedIn>(done);
  if (context.json) {
    return context.object(json{{"event", "corrected"}, {"dossier", now.dossier},
                               {"version", now.version}, {"changed", now.changed},
                               {"counted", now.notCountedReason.empty()}});
  }
  context.line(now.changed ? context.say("{} has version {} now.", now.dossier, now.version)
                           : context.say("{} had these values already.", now.dossier));
  context.line(now.notCountedReason.empty()
                   ? std::string(context.tr("  Counts as digitised."))
                   : context.say("  Does not count as digitised: {}", now.notCountedReason));
}

void correctIt(Context& context, const Options& options) {
  const Site site = context.site();
  std::map<std::string, std::string> values;
  for (const std::string& pair : options.values) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos) throw CLI::ValidationError("FIELD=VALUE", pair);
    values[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  if (!findHeld(site, options.code) && isFiledAndDigitised(site, options.code)) {
    return correctFiled(context, site, options, values);
  }
  const HeldDossier held = requireHeld(site, options.code);
  const auto wrong = correct(site, held, values, options.person.empty() ? whoRuns() : options.person, options.reason);
  if (wrong) throw CLI::ValidationError("FIELD=VALUE", *wrong);
  const HeldDossier now = requireHeld(site, options.code);
  if (context.json) {
    return context.object(json{{"event", "corrected"}, {"dossier", now.code}, {"files", now.decision.has_value()}});
  }
  context.line(now.decision ? context.say("{} files itself with the next run.", now.code)
                            : context.say("{} still waits for a decision.", now.code));
}

void rejectIt(const Context& context, const Options& options) {
  const Site site = context.site();
  const HeldDossier held = requireHeld(site, options.code);
  reject(site, held, options.person.empty() ? whoRuns() : options.person, options.reason);
  if (context.json) {
    return context.object(json{{"event", "rejected"}, {"dossier", held.code}});
  }
  context.line(context.say("{} was moved to quarantine/{}.", held.code, held.batch));
}

}  // namespace

void addReview(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("review", std::string(context.tr("dossiers that wait for a person's decision")));
  command->require_subcommand(1);
  const auto options = std::make_shared<Options>();
  const auto withCode = [&](const char* name, std::string_view description) {
    CLI::App* sub = command->add_subcommand(name, std::string(description));
    sub->add_option("CODE", options->code, std::string(context.tr("dossier code")))->required();
    return sub;
  };
  const auto withReason = [&](CLI::App* sub) {
    sub->add_option("--reason", options->reason, std::string(context.tr("why; kept in the ledger")))->required();
    sub->add_option("--by", options->person, std::string(context.tr("who decides; the login name unless given")));
    return sub;
  };
  command->add_subcommand("list", std::string(context.tr("what waits, and why")))
      ->callback([&context] { list(context); });
  withCode("show", context.tr("one dossier: reasons, files, where the scans lie"))
      ->callback([&context, options] { show(context, *options); });
  withReason(withCode("accept", context.tr("let it pass: it is signed and filed now")))
      ->callback([&context, options] { acceptAndFile(context, *options); });
  CLI::App* keyIn = withReason(withCode("correct", context.tr("key in fields of the document, waiting or filed; what waited files with the next run")));
  keyIn->add_option("FIELD=VALUE", options->values, std::string(context.tr("number=1234/QĐ-STNMT, date=2021-09-10 …")))->required();
  keyIn->callback([&context, options] { correctIt(context, *options); });
  addReviewSplit(*command, context);
  withReason(withCode("reject", context.tr("move it to quarantine, to be scanned again")))
      ->callback([&context, options] { rejectIt(context, *options); });
}

}  // namespace sohoa::cli
