#include "pipeline/report.h"

#include <fmt/core.h>

#include "pipeline/cli/context.h"

namespace sohoa::cli {
namespace {

struct Options {
  std::string period, by, format = "table", group;
  bool list = false;
};

Grouping groupingOf(const std::string& name) {
  if (name == "unit") return Grouping::unit;
  if (name == "procedure") return Grouping::procedure;
  if (name == "month") return Grouping::month;
  return Grouping::none;
}

void report(Context& context, const Options& options) {
  const auto period = parsePeriod(options.period);
  if (!period) throw CLI::ValidationError("--period", options.period);
  const Site site = context.site();
  const auto catalogue = site.catalogue().open();
  const Grouping grouping = groupingOf(options.by);
  if (options.list) {
    fmt::print("{}", membersAsCsv(catalogue->membersOf(period->from, period->to, grouping, options.group)));
    return;
  }
  const Report made = makeReport(*catalogue, *period, grouping, site.config().targetPercent, site.clock()->now());
  if (context.json || options.format == "json") {
    fmt::print("{}\n", asJson(made));
  } else if (options.format == "csv") {
    fmt::print("{}", asCsv(made, context.language));
  } else {
    fmt::print("{}", asTable(made, context.language));
  }
}

}  // namespace

void addReport(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("report", std::string(context.tr("counts of digitised dossiers against the target")));
  const auto options = std::make_shared<Options>();
  command
      ->add_option("--period", options->period,
                   std::string(context.tr("2021-Q4, 2021-H1, 2021, 2021-09 or FROM..TO, by day of receipt")))
      ->required();
  command->add_option("--by", options->by, std::string(context.tr("group by unit, procedure or month")))
      ->check(CLI::IsMember({"unit", "procedure", "month"}));
  command->add_option("--format", options->format, std::string(context.tr("table, csv or json")))
      ->check(CLI::IsMember({"table", "csv", "json"}));
  command->add_flag("--list", options->list,
                    std::string(context.tr("the dossiers behind the figures, as CSV")));
  command->add_option("--group", options->group, std::string(context.tr("with --list and --by: of this group only")));
  command->callback([options, &context] { report(context, *options); });
}

}  // namespace sohoa::cli
