#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/results/signature_extension.h"

namespace sohoa::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> what;
  std::string level = "B-LTA", out;
  bool due = false, list = false;
  int days = -1;
};

void extendFile(Context& context, const Site& site, const SiteServices& services,
                const Options& options, const std::string& file) {
  ExtensionRequest request;
  request.level = *levelFromName(options.level);
  request.at = site.clock()->now();
  request.digest = site.config().signing.digest;
  const fs::path out = fs::absolute(options.out.empty() ? file : options.out);
  const auto done = extendPdf(file, out, request, services.get());
  if (!done) return context.failed(done.error());
  if (context.json)
    return context.object({{"file", out.string()}, {"level", nameOf(request.level)}});
  context.line(context.say("extended {} to {}", out.string(), nameOf(request.level)));
}

void sayDue(const Context& context, const DueDocument& due) {
  const Protection& protection = due.protection;
  if (context.json) {
    return context.object({{"dossier", due.dossier},
                           {"document", due.document},
                           {"until", isoUtc(protection.until)},
                           {"authority", protection.authority},
                           {"weakness", protection.weakness}});
  }
  if (protection.weakness.empty()) {
    context.line(context.say("{}: its timestamps end on {}", due.document,
                             isoDay(vietnamDay(protection.until))));
  } else {
    context.line(context.say("{}: its timestamps are weak: {}", due.document, protection.weakness));
  }
}

/// Renews what would weaken within the days. A server that is down ends it: the rest is still due
/// at the next call.
void extendDue(Context& context, const Site& site, const SiteServices& services,
               const Options& options) {
  const int days = options.days >= 0 ? options.days : site.config().timestamp.renewDays;
  const Time before = site.clock()->now() + std::chrono::days(days);
  std::vector<DueDocument> due;
  forEachDue(
      site, services, before,
      [&](const DueDocument& one) {
        due.push_back(one);
        return true;
      },
      [&](const ItemError& error) { context.failed(error); });
  int renewed = 0;
  for (const DueDocument& one : due) {
    sayDue(context, one);
    if (options.list) continue;
    const auto version = extendDossier(site, services, one.dossier, SignatureLevel::bLTA);
    if (!version) {
      context.failed(version.error());
      if (dispositionOf(version.error().cause) == Disposition::wait) break;
      continue;
    }
    ++renewed;
  }
  if (context.json) {
    context.object({{"event", "summary"}, {"due", due.size()}, {"renewed", renewed}});
  } else {
    context.line(context.say("due within {} days: {}; renewed: {}", days, due.size(), renewed));
  }
}

void extend(Context& context, const Options& options) {
  const Site site = context.site();
  if (options.due == !options.what.empty()) {
    throw UsageError("FILE|CODE",
                     std::string(context.tr(textId("either files and codes, or --due"))));
  }
  const SiteServices services(site);
  if (options.due) return extendDue(context, site, services, options);
  for (const std::string& what : options.what) {
    if (fs::exists(what)) {
      extendFile(context, site, services, options, what);
      continue;
    }
    const auto code = DossierCode::parse(what);
    if (!code) throw UsageError("FILE|CODE", what);
    const auto version = extendDossier(site, services, what, *levelFromName(options.level));
    if (!version) {
      context.failed(version.error());
      continue;
    }
    if (context.json) {
      context.object({{"dossier", what}, {"version", *version}});
    } else {
      context.line(context.say("extended {}: version {}", what, *version));
    }
  }
}

}  // namespace

void addExtend(Command app, Context& context) {
  const auto options = std::make_shared<Options>();
  Command command = app.subcommand(
      "extend", std::string(context.tr(
                    "raise signatures to a higher level, or renew their archive timestamps")));
  command.option("FILE|CODE", options->what, std::string(context.tr("PDF files or dossier codes")));
  Option due =
      command.flag("--due", options->due,
                   std::string(context.tr("all filed dossiers whose timestamps weaken soon")));
  command
      .option("--days", options->days,
              std::string(context.tr("with --due: within so many days; else as sohoa.toml says")))
      .range(0, 36500)
      .needs(due);
  command.flag("--list", options->list, std::string(context.tr("with --due: only say which")))
      .needs(due);
  command.option("--level", options->level, std::string(context.tr("B-T, B-LT or B-LTA")))
      .check([](const std::string& name) { return levelFromName(name) ? std::string() : name; });
  command.option("-o,--output", options->out,
                 std::string(context.tr("write there instead of replacing the file")));
  command.action([options, &context] { extend(context, *options); });
}

}  // namespace sohoa::cli
