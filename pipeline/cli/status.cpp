#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/common/file_names.h"
#include "pipeline/dossier/waiting_dossiers.h"
#include "pipeline/intake/intake.h"
#include "pipeline/scanning/scan_status.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa::cli {
namespace {

using nlohmann::json;

json scanJson(const Context& context, const UnfinishedScan& scan) {
  json value = {{"batch", printable(scan.batch)},
                {"stacks", scan.sum.stacks.size()},
                {"pages", scan.sum.pages()},
                {"problem", scan.problem}};
  const ScanStack* stack = scan.sum.unfinished();
  if (stack == nullptr) return value;
  value["unfinished"] = {
      {"folder", stack->folder},
      {"sheets", stack->sheets.size()},
      {"counted", stack->counted},
      {"on_top", stack->moved ? stack->onTop() : 0},
      {"cause", stack->trouble},
      {"reason", stack->trouble.empty() ? "" : context.reason(stack->trouble, "")},
      {"person", stack->person}};
  return value;
}

/// How far it came, and the command with which it goes on.
void sayScan(const Context& context, const UnfinishedScan& scan) {
  const std::string batch = printable(scan.batch);
  if (!scan.problem.empty())
    return context.line(context.say("scanning     {}  {}", batch, scan.problem));
  const ScanStack* stack = scan.sum.unfinished();
  context.line(context.say("scanning     {}  not closed yet: {} stacks, {} pages", batch,
                           scan.sum.stacks.size(), scan.sum.pages()));
  if (stack == nullptr) {
    return context.line(context.say("             close it: sohoa scan --batch {} --close", batch));
  }
  std::string line = stack->counted > 0
                         ? context.say("             {} is not finished: {} of {} sheets",
                                       stack->folder, stack->sheets.size(), stack->counted)
                         : context.say("             {} is not finished: {} sheets", stack->folder,
                                       stack->sheets.size());
  if (!stack->trouble.empty()) line += ", " + context.reason(stack->trouble, "");
  context.line(line);
  context.line(
      stack->moved
          ? context.say("             put sheet {} on top, then: sohoa scan --batch {} --on-top {}",
                        stack->onTop(), batch, stack->onTop())
          : context.say("             go on: sohoa scan --batch {}", batch));
}

void status(const Context& context) {
  const Site site = context.site();
  const auto catalogue = site.catalogue().open();
  const std::vector<IntakeFolder> intake = listIntake(site);
  std::vector<Outcome> waiting;
  int filed = 0, held = 0, quarantined = 0;
  std::map<Outcome::Kind, long> pages;
  for (const Outcome& outcome : catalogue->outcomes()) {
    pages[outcome.kind] += outcome.pages;
    filed += outcome.kind == Outcome::Kind::filed ? 1 : 0;
    held += outcome.kind == Outcome::Kind::held ? 1 : 0;
    quarantined += outcome.kind == Outcome::Kind::quarantined ? 1 : 0;
    if (outcome.kind != Outcome::Kind::filed) waiting.push_back(outcome);
  }
  const std::vector<WaitingDossier> outside = listWaiting(site);
  const std::vector<UnfinishedScan> scans = unfinishedScans(site);
  if (context.json) {
    json folders = json::array(), open = json::array();
    for (const IntakeFolder& folder : intake) {
      folders.push_back({{"folder", printable(folder.name)},
                         {"closed", folder.closed},
                         {"why", context.tr(folder.problem)}});
    }
    for (const Outcome& outcome : waiting) {
      open.push_back({{"batch", outcome.batch},
                      {"dossier", outcome.code},
                      {"outcome", nameOf(outcome.kind)},
                      {"cause", outcome.cause},
                      {"reason", context.reason(outcome.cause, outcome.detail)},
                      {"since", isoVietnam(outcome.at)}});
    }
    json parked = json::array();
    for (const WaitingDossier& dossier : outside) {
      parked.push_back({{"batch", dossier.batch},
                        {"dossier", dossier.code},
                        {"cause", dossier.cause},
                        {"reason", context.reason(dossier.cause, dossier.detail)},
                        {"since", isoVietnam(dossier.since)}});
    }
    json scanning = json::array();
    for (const UnfinishedScan& scan : scans) scanning.push_back(scanJson(context, scan));
    return context.object(json{{"intake", std::move(folders)},
                               {"scanning", std::move(scanning)},
                               {"filed", filed},
                               {"held", held},
                               {"quarantined", quarantined},
                               {"pages",
                                {{"filed", pages[Outcome::Kind::filed]},
                                 {"held", pages[Outcome::Kind::held]},
                                 {"quarantined", pages[Outcome::Kind::quarantined]}}},
                               {"register", catalogue->registerSize()},
                               {"waiting", std::move(open)},
                               {"waiting_outside", std::move(parked)}});
  }
  context.line(context.say("Filed {}, held {}, quarantined {}; {} dossiers in the register.", filed,
                           held, quarantined, catalogue->registerSize()));
  context.line(context.say("Pages: {} filed, {} held, {} quarantined.", pages[Outcome::Kind::filed],
                           pages[Outcome::Kind::held], pages[Outcome::Kind::quarantined]));
  for (const UnfinishedScan& scan : scans) sayScan(context, scan);
  for (const IntakeFolder& folder : intake) {
    const bool told = std::any_of(scans.begin(), scans.end(), [&](const UnfinishedScan& scan) {
      return scan.batch == folder.name;
    });
    if (told && !folder.closed) continue;
    const std::string name = printable(folder.name);
    context.line(folder.closed
                     ? context.say("queued       {}", name)
                     : context.say("left alone   {}  {}", name, context.tr(folder.problem)));
  }
  for (const WaitingDossier& dossier : outside) {
    context.line(context.say("waiting      {}  {} since {}", dossier.code,
                             context.reason(dossier.cause, dossier.detail),
                             isoVietnam(dossier.since)));
  }
  for (const Outcome& outcome : waiting) {
    context.line(fmt::format(
        "{:<12} {}  {}", context.tr(outcome.kind == Outcome::Kind::held ? "held" : "quarantined"),
        outcome.code, context.reason(outcome.cause, outcome.detail)));
  }
}

}  // namespace

void addStatus(Command app, Context& context) {
  app.subcommand("status", std::string(context.tr("what is filed, held, quarantined and queued")))
      .action([&context] { status(context); });
}

}  // namespace sohoa::cli
