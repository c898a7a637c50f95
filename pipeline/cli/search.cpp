#include <fmt/core.h>

#include "pipeline/cli/context.h"
#include "storage/catalogue.h"

namespace sohoa::cli {
namespace {

struct Options {
  std::string query;
  int limit = 20;
};

void search(Context& context, const Options& options) {
  const Site site = context.site();
  const auto hits = site.catalogue().open()->search(options.query, options.limit);
  for (const SearchHit& hit : hits) {
    if (context.json) {
      context.object(nlohmann::json{{"dossier", hit.dossierCode},
                                  {"document", hit.documentCode},
                                  {"title", hit.title},
                                  {"page", hit.page},
                                  {"snippet", hit.snippet}});
    } else {
      context.line(context.say("{}  page {}  {}", hit.documentCode, hit.page, hit.title));
      context.line("    " + hit.snippet);
    }
  }
  if (hits.empty() && !context.json) context.line(context.tr("Nothing found."));
}

}  // namespace

void addSearch(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand(
      "search", std::string(context.tr("find documents by their text, with or without diacritics")));
  const auto options = std::make_shared<Options>();
  command->add_option("QUERY", options->query, std::string(context.tr("words, or a \"phrase\"")))->required();
  command->add_option("--limit", options->limit, std::string(context.tr("at most so many")))
      ->check(CLI::Range(1, 10000));
  command->callback([options, &context] { search(context, *options); });
}

}  // namespace sohoa::cli
