#include "pipeline/cli/context.h"
#include "pipeline/extension.h"

namespace sohoa::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> what;
  std::string level = "B-LTA", out;
};

void extendFile(Context& context, const Site& site, const SiteServices& services,
                const Options& options, const std::string& file) {
  ExtensionRequest request;
  request.level = *levelFromName(options.level);
  request.at = site.clock()->now();
  request.digest = site.config().signatureDigest;
  const fs::path out = fs::absolute(options.out.empty() ? file : options.out);
  const auto done = extendPdf(file, out, request, services.get());
  if (!done) return context.failed(done.error());
  if (context.json) return context.object({{"file", out.string()}, {"level", nameOf(request.level)}});
  context.line(context.say("extended {} to {}", out.string(), nameOf(request.level)));
}

void extend(Context& context, const Options& options) {
  const Site site = context.site();
  const SiteServices services(site);
  for (const std::string& what : options.what) {
    if (fs::exists(what)) {
      extendFile(context, site, services, options, what);
      continue;
    }
    const auto code = DossierCode::parse(what);
    if (!code) throw CLI::ValidationError("FILE|CODE", what);
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

void addExtend(CLI::App& app, Context& context) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "extend", std::string(context.tr("raise signatures to a higher level, or renew their archive timestamps")));
  command->add_option("FILE|CODE", options->what, std::string(context.tr("PDF files or dossier codes")))->required();
  command->add_option("--level", options->level, std::string(context.tr("B-T, B-LT or B-LTA")))
      ->check([](const std::string& name) { return levelFromName(name) ? "" : name; });
  command->add_option("-o,--output", options->out, std::string(context.tr("write there instead of replacing the file")));
  command->callback([options, &context] { extend(context, *options); });
}

}  // namespace sohoa::cli
