#include <fmt/core.h>

#include "core/dossier_code.h"
#include "core/durable.h"
#include "core/record.h"
#include "core/result.h"
#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/export/bagit.h"
#include "pipeline/export/dossier_json.h"
#include "pipeline/intake/signed_scans.h"
#include "pipeline/workers/worker_process.h"
#include "storage/catalogue/dossier_object.h"
#include "storage/repository/repository.h"

namespace sohoa::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string code;
  fs::path to = ".";
  bool access = false;
  std::string format = "files";
};

/// Hashes that metadata.json promises, by logical path.
std::map<std::string, Sha512> promised(const DossierRecord& record) {
  std::map<std::string, Sha512> hashes;
  for (const OriginalFile& file : record.originals) hashes["originals/" + file.name] = file.sha512;
  for (const DocumentRecord& document : record.documents) hashes[document.file] = document.sha512;
  return hashes;
}

/// What the archive's table finds wrong; the values went out whole.
void printProblems(Context& context, const ExportedDossier& dossier) {
  const auto& problems = dossier.description.problems;
  if (!problems.empty()) context.exit = ExitCode::finishedWith;
  for (const ArchiveProblem& problem : problems) {
    if (context.json) {
      context.object(nlohmann::json{{"event", "finding"},
                                    {"where", problem.where},
                                    {"field", problem.key},
                                    {"what", problem.what},
                                    {"value", problem.value}});
    } else {
      context.line(fmt::format("{}, {}: {}: {}", problem.where, problem.key,
                               context.tr(problem.what), problem.value));
    }
  }
}

/// For another system: a bag with METS and PREMIS, or JSON.
void exportForOthers(Context& context, const Options& options) {
  const Site site = context.site();
  const auto code = DossierCode::parse(options.code);
  const auto dossier = code ? gatherDossier(site, code->text()) : std::nullopt;
  if (!dossier) throw UsageError(context.say("no dossier of this code is filed: {}", options.code));
  const fs::path target =
      options.to / (options.format == "json" ? options.code + ".json" : options.code);
  if (fs::exists(target)) throw UsageError("--to", target.string());
  createFoldersDurably(fs::absolute(options.to));
  std::uint64_t files = 1;
  if (options.format == "json") {
    writeFileDurably(target, dossierJson(*dossier, site.config().agency, site.clock()->now()));
  } else {
    files = writeBag(site, *dossier, target).files;
  }
  printProblems(context, *dossier);
  if (context.json) {
    return context.object(nlohmann::json{{"event", "exported"},
                                         {"dossier", options.code},
                                         {"format", options.format},
                                         {"place", fs::absolute(target).string()},
                                         {"problems", dossier->description.problems.size()},
                                         {"files", files}});
  }
  context.line(context.say("{} files in {}", files, fs::absolute(target).string()));
}

/// The object's files, by logical path; a usage error when there is no such dossier.
std::map<std::string, fs::path> filesOf(const Context& context, const Repository& repository,
                                        const std::string& text) {
  const auto code = DossierCode::parse(text);
  auto files = code ? repository.files(code->objectId()) : std::map<std::string, fs::path>();
  if (files.empty()) throw UsageError(context.say("no dossier of this code is filed: {}", text));
  return files;
}

void report(Context& context, const DocumentRecord& document, const fs::path& copy,
            const std::vector<AccessPage>& pages) {
  std::uint64_t original = 0, bytes = 0;
  int layered = 0;
  for (const AccessPage& page : pages) {
    original += page.original, bytes += page.bytes;
    layered += page.layered ? 1 : 0;
  }
  if (context.json) {
    return context.object(nlohmann::json{{"event", "access_copy"},
                                         {"document", document.code},
                                         {"file", fs::absolute(copy).string()},
                                         {"pages", pages.size()},
                                         {"pages_in_layers", layered},
                                         {"image_bytes", bytes},
                                         {"image_bytes_before", original}});
  }
  context.line(context.say("{}: {} of {} pages in layers, images {} of {} bytes", copy.string(),
                           layered, pages.size(), bytes, original));
}

/// Small copies of the dossier's documents, made by a process that holds no key and nothing else
/// of ours to lose.
void exportAccess(Context& context, const Options& options) {
  const Site site = context.site();
  const Repository repository = Repository::open(site.repository());
  const auto files = filesOf(context, repository, options.code);
  const DossierRecord record = readRecord(files.at("metadata.json"));
  const fs::path folder = fs::absolute(options.to / options.code / "access");
  if (fs::exists(folder)) throw UsageError("--to", folder.string());
  const Config& config = site.config();
  WorkerProcess worker({context.program, config.recognition.tessdata, config.recognition.model,
                        config.recognition.workerMemoryMegabytes, false});
  createFoldersDurably(folder);
  for (const DocumentRecord& document : record.documents) {
    const fs::path& place = files.at(document.file);
    if (sha512OfFile(place) != document.sha512) {
      throw BatchError(Cause::repositoryDamaged, place.string());
    }
    const fs::path copy = folder / fs::path(document.file).filename();
    if (document.origin == DocumentOrigin::asReceived) {
      copyFileDurably(place, copy);
      if (!context.json) context.line(context.say("{}: copied as it was received", copy.string()));
      continue;
    }
    if (document.fields.contains(kScanSigner)) {
      copyFileDurably(place, copy);
      if (!context.json) {
        context.line(context.say("{}: copied as it was signed when it was scanned", copy.string()));
      }
      continue;
    }
    const std::chrono::seconds limit{60 + 60 * static_cast<int>(document.pages.size())};
    const auto done = worker.call(AccessJob{place, copy}, limit);
    if (done) {
      report(context, document, copy, *done);
      continue;
    }
    context.exit = ExitCode::finishedWith;
    context.line(context.reason(std::string(codeOf(done.error().cause)),
                                document.code + ": " + done.error().detail));
  }
}

void exportDossier(Context& context, const Options& options) {
  if (options.access) return exportAccess(context, options);
  if (options.format != "files") return exportForOthers(context, options);
  const Site site = context.site();
  const Repository repository = Repository::open(site.repository());
  const auto files = filesOf(context, repository, options.code);
  const auto hashes = promised(readRecord(files.at("metadata.json")));
  const fs::path folder = options.to / options.code;
  if (fs::exists(folder)) throw UsageError("--to", folder.string());
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
    return context.object(nlohmann::json{{"event", "exported"},
                                         {"dossier", options.code},
                                         {"folder", fs::absolute(folder).string()},
                                         {"files", files.size()}});
  }
  context.line(context.say("{} files in {}", files.size(), fs::absolute(folder).string()));
}

}  // namespace

void addExport(Command app, Context& context) {
  Command command = app.subcommand(
      "export", std::string(context.tr("copy a filed dossier out of the repository")));
  const auto options = std::make_shared<Options>();
  command.option("CODE", options->code, std::string(context.tr("dossier code"))).required();
  command.option("--to", options->to, std::string(context.tr("folder to copy to")));
  command.flag(
      "--access", options->access,
      std::string(context.tr("small copies of the documents for reading, instead of all files")));
  command
      .option("--format", options->format,
              std::string(context.tr(
                  "files; bagit: a BagIt bag with METS and PREMIS; json: for another system")))
      .oneOf({"files", "bagit", "json"});
  command.action([options, &context] { exportDossier(context, *options); });
}

}  // namespace sohoa::cli
