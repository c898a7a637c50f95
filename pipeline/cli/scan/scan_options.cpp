#include "pipeline/cli/scan/scan_options.h"

#include "core/dossier_code.h"
#include "pipeline/cli/base/command_line.h"
#include "pipeline/common/file_names.h"

namespace sohoa::cli {

void declare(Command command, const Context& context, const std::shared_ptr<ScanOptions>& options) {
  const auto text = [&](const char* name, std::string& into, const char* english) {
    return command.option(name, into, std::string(context.tr(english)));
  };
  command.flag("--list", options->list, std::string(context.tr("the scanners that are there")));
  text("--device", options->device, textId("name of the scanner, as --list shows it"));
  text("--batch", options->batch,
       textId("name of the batch: a new one, or one that is not closed yet"));
  text("--dossier", options->dossier,
       textId("dossier code; without it the stack is separated later"));
  text("--source", options->source, textId("flatbed, feeder or duplex"))
      .oneOf({"flatbed", "feeder", "duplex"});
  text("--mode", options->mode, textId("colour, grey or lineart"))
      .oneOf({"colour", "grey", "lineart"});
  command
      .option("--resolution", options->dpi, std::string(context.tr("dots per inch, at least 200")))
      .range(200, 1200);
  text("--page-size", options->pageSize,
       textId("A3, A4, A5, letter, legal, max, or WIDTHxHEIGHT in mm"));
  command
      .option("--sheets", options->sheets,
              std::string(
                  context.tr("sheets counted in the stack: it is not done before all are scanned")))
      .range(1, 100000);
  command.flag("--fronts", options->fronts,
               std::string(context.tr("one-sided feeder, paper with two sides: all fronts first")));
  command
      .flag("--backs", options->backs,
            std::string(context.tr("then, with the whole stack turned over, all backs")))
      .excludes("--fronts");
  command
      .option("--on-top", options->onTop,
              std::string(context.tr(
                  "after a jam or a break: the sheet that lies on top of the feeder now")))
      .range(1, 100000);
  command.flag(
      "--append", options->append,
      std::string(context.tr("add to the pages that the dossier (or the last stack) has already")));
  command.flag("--keep-open", options->keepOpen,
               std::string(context.tr("more will be scanned into this batch")));
  command
      .flag("--close", options->close,
            std::string(context.tr("close the batch: the night may take it")))
      .excludes("--keep-open");
  command.flag(
      "--discard", options->discard,
      std::string(context.tr("give up the stack that is not finished; its pages are put aside")));
  command.option("--option", options->driver,
                 std::string(context.tr("an option of the driver, NAME=VALUE")));
  command
      .option("--patience", options->patience,
              std::string(context.tr("seconds without a sign before the scanner counts as gone")))
      .range(1, 3600);
  text("--by", options->person, textId("who scans; the login name unless given"));
  command.footer(std::string(
      context.tr("Exit codes: 0 done; 1 no such scanner, batch already closed, disk full …; 2 "
                 "wrong usage; 3 the paper needs a person (jam, empty feeder, cover, cable, "
                 "count): what was scanned is kept, the batch stays open; 130 interrupted.")));
}

void check(const ScanOptions& options) {
  if (options.batch.empty()) throw MissingArgument("--batch");
  const bool name = allowedName(options.batch) && options.batch.find('~') == std::string::npos &&
                    options.batch.front() != '.' && options.batch.size() <= 200;
  if (!name) throw UsageError("--batch", printable(options.batch));
  if (!options.dossier.empty() && !DossierCode::parse(options.dossier))
    throw UsageError("--dossier", options.dossier);
  if (!options.pageSize.empty() && !pageSizeFrom(options.pageSize))
    throw UsageError("--page-size", options.pageSize);
  for (const std::string& option : options.driver) {
    if (option.find('=') == std::string::npos) throw UsageError("--option", option);
  }
}

ScanSettings settingsOf(const ScanOptions& options, const ScanConfig& config) {
  ScanSettings settings;
  const auto either = [](const std::string& typed, const std::string& configured) {
    return typed.empty() ? configured : typed;
  };
  settings.source = scanSourceFrom(either(options.source, config.source)).value();
  settings.mode = scanModeFrom(either(options.mode, config.mode)).value();
  settings.size = pageSizeFrom(either(options.pageSize, config.pageSize)).value();
  settings.dpi = options.dpi > 0 ? options.dpi : config.dpi;
  settings.jpegQuality = config.jpegQuality;
  settings.patience = std::chrono::seconds(options.patience);
  for (const std::string& option : options.driver) {
    const std::size_t equals = option.find('=');
    settings.driver.emplace_back(option.substr(0, equals), option.substr(equals + 1));
  }
  return settings;
}

std::string deviceOf(const ScanOptions& options, const ScanConfig& config) {
  if (!options.device.empty()) return options.device;
  if (!config.device.empty()) return config.device;
  const std::vector<ScannerInfo> found = listScanners();
  if (found.size() == 1) return found.front().name;
  std::string names;
  for (const ScannerInfo& scanner : found) names += (names.empty() ? "" : " | ") + scanner.name;
  throw BatchError(Cause::scanNoDevice, "--device " + names);
}

}  // namespace sohoa::cli
