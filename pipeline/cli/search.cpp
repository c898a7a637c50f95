#include <fmt/core.h>

#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/cli/document_text.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa::cli {
namespace {

struct Options {
  std::string query, unit, procedure, from, to, status;
  int limit = 20;
};

std::optional<Day> dayOf(const char* option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto day = parseIsoDay(text);
  if (!day) throw UsageError(option, text);
  return day;
}

SearchFilter filterOf(const Options& options, const Site& site) {
  SearchFilter filter;
  filter.unit = options.unit;
  filter.procedureCode = options.procedure;
  filter.from = dayOf("--from", options.from);
  filter.to = dayOf("--to", options.to);
  filter.status = options.status;
  filter.today = vietnamDay(site.clock()->now());
  return filter;
}

/// What to say of a result that is not in force.
std::string_view forceless(const Context& context, const std::string& status) {
  if (status == "expired") return context.tr("expired");
  if (status == "withdrawn") return context.tr("withdrawn");
  if (status == "replaced") return context.tr("replaced");
  return {};
}

void search(Context& context, const Options& options) {
  const Site site = context.site();
  const SearchFilter filter = filterOf(options, site);
  if (options.query.empty() && filter.empty()) throw MissingArgument("QUERY");
  const auto hits = site.catalogue().open()->search(options.query, options.limit, filter);
  for (const SearchHit& hit : hits) {
    const DocumentKind kind = documentKindOfCode(hit.documentCode);
    if (context.json) {
      context.object(nlohmann::json{{"dossier", hit.dossierCode},
                                    {"document", hit.documentCode},
                                    {"kind", nameOf(kind)},
                                    {"title", hit.title},
                                    {"page", hit.page},
                                    {"status", hit.status},
                                    {"snippet", hit.snippet}});
    } else {
      std::string line = context.say("{} ({})  page {}  {}", hit.documentCode,
                                     kindInWords(context, kind), hit.page, hit.title);
      // Nobody should rely on what has no force any more.
      if (const auto without = forceless(context, hit.status); !without.empty())
        line += fmt::format("  [{}]", without);
      context.line(line);
      context.line("    " + hit.snippet);
    }
  }
  if (hits.empty() && !context.json) context.line(context.tr("Nothing found."));
}

}  // namespace

void addSearch(Command app, Context& context) {
  Command command = app.subcommand(
      "search",
      std::string(context.tr("find documents by their text, with or without diacritics")));
  const auto options = std::make_shared<Options>();
  const auto add = [&](const char* name, std::string& value, std::string_view help) {
    return command.option(name, value, std::string(context.tr(help)));
  };
  add("QUERY", options->query,
      textId("words, beginnings of words (quy*), or a \"phrase\"; all on one page"));
  add("--unit", options->unit, textId("of this unit, as the register names it"));
  add("--procedure", options->procedure, textId("of this procedure code"));
  add("--from", options->from, textId("dated on this day (YYYY-MM-DD) or later"));
  add("--to", options->to, textId("dated on this day (YYYY-MM-DD) or earlier"));
  add("--status", options->status,
      textId("of this status today: in_force, expired, withdrawn, replaced"))
      .oneOf({"in_force", "expired", "withdrawn", "replaced"});
  command.option("--limit", options->limit, std::string(context.tr("at most so many")))
      .range(1, 10000);
  command.action([options, &context] { search(context, *options); });
}

}  // namespace sohoa::cli
