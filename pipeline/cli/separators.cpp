#include "pipeline/scanning/separators.h"

#include <filesystem>

#include "core/durable.h"
#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/common/period.h"

namespace sohoa::cli {
namespace {

struct Options {
  std::vector<std::string> codes, pages;
  std::filesystem::path list, out = "separators.pdf";
  std::string received, unit;
};

SeparatorOrder orderOf(const Options& options, const Catalogue& catalogue) {
  SeparatorOrder order;
  order.codes = options.codes;
  if (!options.list.empty()) {
    const std::string wrong = addList(readFile(options.list), order);
    if (!wrong.empty()) throw UsageError("--list", wrong);
  }
  if (!options.received.empty()) {
    const auto period = parsePeriod(options.received);
    if (!period) throw UsageError("--received", options.received);
    addFromRegister(catalogue, period->from, period->to, options.unit, order);
  }
  for (const std::string& pair : options.pages) {
    if (!addPages(pair, order)) throw UsageError("--pages", pair);
  }
  return order;
}

void print(Context& context, const Options& options) {
  if (options.codes.empty() && options.list.empty() && options.received.empty()) {
    throw MissingArgument("CODES");
  }
  const Site site = context.site();
  const auto catalogue = site.catalogue().open();
  const Time now = site.clock()->now();
  const SeparatorPrint made = separatorPrint(orderOf(options, *catalogue), *catalogue, now);
  for (const ItemError& error : made.errors) context.failed(error);
  if (!made.errors.empty()) return;
  if (made.pages.empty()) return context.line(context.tr("No dossier needs a separator sheet."));
  const auto pdf = separatorPdf(made.pages, {context.language, site.config().agency, now, ""});
  if (!pdf) return context.failed(pdf.error());
  writeFileDurably(options.out, *pdf);
  if (context.json) {
    return context.object(nlohmann::json{{"event", "separators"},
                                         {"file", std::filesystem::absolute(options.out).string()},
                                         {"sheets", made.pages.size()},
                                         {"series", made.pages.front().sheet.series}});
  }
  context.line(context.say("{} separator sheets in {}", made.pages.size(), options.out.string()));
}

}  // namespace

void addSeparators(Command app, Context& context) {
  Command command = app.subcommand(
      "separators", std::string(context.tr("sheets that stand between the dossiers of a stack")));
  command.requireSubcommand();
  Command printing = command.subcommand(
      "print", std::string(context.tr("a PDF with one separator sheet per dossier")));
  const auto options = std::make_shared<Options>();
  printing.option("CODES", options->codes,
                  std::string(context.tr("dossier codes, in the order of the stack")));
  printing.option("-o,--out", options->out,
                  std::string(context.tr("file to write (separators.pdf)")));
  printing
      .option("--list", options->list,
              std::string(context.tr("file with a code or CODE=PAGES on each line")))
      .existingFile();
  printing.option(
      "--received", options->received,
      std::string(context.tr(
          "paper dossiers received in this period and not filed yet (2021-09, 2021-09-10 …)")));
  printing.option("--unit", options->unit,
                  std::string(context.tr("with --received: of this unit only")));
  printing.option(
      "--pages", options->pages,
      std::string(context.tr(
          "CODE=N: pages with content of a dossier; checked when the stack is divided")));
  printing.action([options, &context] { print(context, *options); });
}

}  // namespace sohoa::cli
