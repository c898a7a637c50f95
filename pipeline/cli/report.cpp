#include "pipeline/reports/report.h"

#include <fmt/core.h>

#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/reports/page_balance.h"

namespace sohoa::cli {
namespace {

struct Options {
  std::string period, by, format = "table", group;
  bool list = false, pages = false;
};

Grouping groupingOf(const std::string& name) {
  if (name == "unit") return Grouping::unit;
  if (name == "procedure") return Grouping::procedure;
  if (name == "month") return Grouping::month;
  return Grouping::none;
}

/// Pages that came in against pages that are filed; every dossier that does not add up, that has
/// blank pages or pages twice, is named.
void reportPages(Context& context, const Catalogue& catalogue, const Period& period) {
  const auto visit = [&](const std::string& code, const PageLedger& ledger) {
    const auto faults = ledger.faults();
    if (context.json) {
      context.object({{"event", "pages"},
                      {"dossier", code},
                      {"declared", ledger.declared},
                      {"images", ledger.images},
                      {"pages", ledger.pages()},
                      {"note_shots", ledger.noteShots},
                      {"replaced", ledger.replaced},
                      {"recognised", ledger.recognised},
                      {"flagged", ledger.flagged},
                      {"blank", ledger.blanks.size()},
                      {"in_documents", ledger.inDocuments},
                      {"twins", ledger.twins.size()},
                      {"faults", faults}});
      return;
    }
    for (const std::string& fault : faults)
      context.line(context.say("{}: does not add up: {}", code, fault));
    for (const PageTwin& twin : ledger.twins)
      context.line(fmt::format("{}: {}", code, twinText(context, twin)));
  };
  const PageSums sums = pageSums(catalogue, period.from, period.to, visit);
  if (sums.unbalanced > 0) context.exit = ExitCode::finishedWith;
  if (context.json) {
    return context.object({{"event", "page_sums"},
                           {"dossiers", sums.dossiers},
                           {"declared", sums.declared},
                           {"undeclared_dossiers", sums.undeclared},
                           {"images", sums.images},
                           {"note_shots", sums.noteShots},
                           {"replaced", sums.replaced},
                           {"recognised", sums.recognised},
                           {"flagged", sums.flagged},
                           {"blank", sums.blank},
                           {"in_documents", sums.inDocuments},
                           {"twins", sums.twins},
                           {"unbalanced_dossiers", sums.unbalanced}});
  }
  context.line(
      context.say("{} dossiers filed; declared on paper: {} pages (of {} dossiers nobody counted)",
                  sums.dossiers, sums.declared, sums.undeclared));
  context.line(context.say("{} images = {} pages + {} with a note + {} replaced", sums.images,
                           sums.images - sums.noteShots - sums.replaced, sums.noteShots,
                           sums.replaced));
  context.line(context.say("{} recognised + {} flagged ({} blank) = {} in the documents; {} twice",
                           sums.recognised, sums.flagged, sums.blank, sums.inDocuments,
                           sums.twins));
  context.line(context.say("{} dossiers do not add up.", sums.unbalanced));
}

void report(Context& context, const Options& options) {
  const auto period = parsePeriod(options.period);
  if (!period) throw UsageError("--period", options.period);
  const Site site = context.site();
  const auto catalogue = site.catalogue().open();
  if (options.pages) return reportPages(context, *catalogue, *period);
  const Grouping grouping = groupingOf(options.by);
  if (options.list) {
    fmt::print("{}", membersAsCsv(
                         catalogue->membersOf(period->from, period->to, grouping, options.group)));
    return;
  }
  const Report made = makeReport(*catalogue, *period, grouping, site.config().report.targetPercent,
                                 site.clock()->now());
  if (context.json || options.format == "json") {
    fmt::print("{}\n", asJson(made));
  } else if (options.format == "csv") {
    fmt::print("{}", asCsv(made, context.language));
  } else {
    fmt::print("{}", asTable(made, context.language));
  }
}

}  // namespace

void addReport(Command app, Context& context) {
  Command command = app.subcommand(
      "report", std::string(context.tr("counts of digitised dossiers against the target")));
  const auto options = std::make_shared<Options>();
  command
      .option(
          "--period", options->period,
          std::string(context.tr("2021-Q4, 2021-H1, 2021, 2021-09 or FROM..TO, by day of receipt")))
      .required();
  command.option("--by", options->by, std::string(context.tr("group by unit, procedure or month")))
      .oneOf({"unit", "procedure", "month"});
  command.option("--format", options->format, std::string(context.tr("table, csv or json")))
      .oneOf({"table", "csv", "json"});
  command.flag("--list", options->list,
               std::string(context.tr("the dossiers behind the figures, as CSV")));
  command.flag("--pages", options->pages,
               std::string(context.tr("the page ledger: pages that came in against pages filed")));
  command.option("--group", options->group,
                 std::string(context.tr("with --list and --by: of this group only")));
  command.action([options, &context] { report(context, *options); });
}

}  // namespace sohoa::cli
