#include "signing/verify.h"

#include "core/dossier_code.h"
#include "pipeline/cli/context.h"
#include "storage/repository.h"

namespace sohoa::cli {
namespace {

namespace fs = std::filesystem;

/// Documents of a filed dossier, or the file itself.
std::vector<fs::path> filesMeant(const Site& site, const std::string& what) {
  if (fs::exists(what)) return {what};
  std::vector<fs::path> files;
  if (const auto code = DossierCode::parse(what)) {
    for (const auto& [logical, place] : Repository::open(site.repository()).files(code->objectId())) {
      if (logical.starts_with("documents/")) files.push_back(place);
    }
  }
  if (files.empty()) throw CLI::ValidationError("FILE|CODE", what);
  return files;
}

void verify(Context& context, const std::vector<std::string>& wanted) {
  const Site site = context.site();
  const TrustAnchors anchors = TrustAnchors::fromFolder(site.trust());
  const Time now = site.clock()->now();
  for (const std::string& what : wanted) {
    for (const fs::path& file : filesMeant(site, what)) {
      const VerificationReport report = verifyPdf(file, anchors, now);
      if (report.overall() != Indication::totalPassed) context.exit = ExitCode::finishedWith;
      if (context.json) {
        nlohmann::json value = nlohmann::json::parse(toJson(report));
        value["file"] = file.string();
        context.object(value);
      } else {
        context.line(file.filename().string());
        context.line(describe(report, context.language));
      }
    }
  }
}

}  // namespace

void addVerify(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("verify", std::string(context.tr("check the signatures of a PDF or of a filed dossier")));
  const auto wanted = std::make_shared<std::vector<std::string>>();
  command->add_option("FILE|CODE", *wanted, std::string(context.tr("PDF files or dossier codes")))->required();
  command->callback([wanted, &context] { verify(context, *wanted); });
}

}  // namespace sohoa::cli
