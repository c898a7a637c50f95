#include "core/dossier_code.h"
#include "core/durable.h"
#include "core/record.h"
#include "core/result.h"
#include "pipeline/cli/context.h"
#include "storage/repository.h"

namespace sohoa::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string code;
  fs::path to = ".";
};

/// Hashes that metadata.json promises, by logical path.
std::map<std::string, Sha512> promised(const DossierRecord& record) {
  std::map<std::string, Sha512> hashes;
  for (const OriginalFile& file : record.originals) hashes["originals/" + file.name] = file.sha512;
  for (const DocumentRecord& document : record.documents) hashes[document.file] = document.sha512;
  return hashes;
}

void exportDossier(Context& context, const Options& options) {
  const Site site = context.site();
  const auto code = DossierCode::parse(options.code);
  const Repository repository = Repository::open(site.repository());
  const auto files = code ? repository.files(code->objectId()) : std::map<std::string, fs::path>();
  if (files.empty()) throw CLI::ValidationError("CODE", options.code);
  const auto hashes = promised(recordFromJson(readFile(files.at("metadata.json"))));
  const fs::path folder = options.to / options.code;
  if (fs::exists(folder)) throw CLI::ValidationError("--to", folder.string());
  for (const auto& [logical, place] : files) {
    const fs::path copy = folder / logical;
    createFoldersDurably(fs::absolute(copy).parent_path());
    copyFileDurably(place, copy);
    const auto hash = hashes.find(logical);
    if (hash != hashes.end() && sha512OfFile(copy) != hash->second) {
      throw BatchError(Cause::repositoryDamaged, place.string());
    }
  }
  if (context.json) {
    return context.object(nlohmann::json{{"event", "exported"}, {"dossier", options.code},
                                       {"folder", fs::absolute(folder).string()}, {"files", files.size()}});
  }
  context.line(context.say("{} files in {}", files.size(), fs::absolute(folder).string()));
}

}  // namespace

void addExport(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("export", std::string(context.tr("copy a filed dossier out of the repository")));
  const auto options = std::make_shared<Options>();
  command->add_option("CODE", options->code, std::string(context.tr("dossier code")))->required();
  command->add_option("--to", options->to, std::string(context.tr("folder to copy to")));
  command->callback([options, &context] { exportDossier(context, *options); });
}

}  // namespace sohoa::cli
