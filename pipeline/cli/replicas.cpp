#include "pipeline/audit/replicas.h"

#include "core/texts/json.h"
#include "pipeline/audit/audit.h"
#include "pipeline/audit/catalogue_rebuild.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"

namespace sohoa::cli {
namespace {

namespace fs = std::filesystem;

void printProblems(Context& context, const ReplicaSummary& summary) {
  if (!summary.complete) context.exit = ExitCode::finishedWith;
  for (const ReplicaProblem& problem : summary.problems) {
    if (context.json) {
      context.object(
          nlohmann::json{{"event", "finding"}, {"where", problem.where}, {"what", problem.what}});
    } else {
      context.line(problem.where + ": " + problem.what);
    }
  }
}

nlohmann::json toJson(const char* event, const ReplicaSummary& summary) {
  return {{"event", event},
          {"objects", summary.objects},
          {"versions", summary.versions},
          {"copied", summary.copied},
          {"bytes", summary.bytes},
          {"ledger_entries", summary.ledgerEntries},
          {"problems", summary.problems.size()},
          {"same_disk", summary.sameDisk},
          {"complete", summary.complete}};
}

void runReplicate(Context& context, const std::vector<fs::path>& folders, bool verify) {
  const Site site = context.site();
  for (const fs::path& folder : folders) {
    const ReplicaSummary summary = replicate(site, folder, verify);
    printProblems(context, summary);
    if (context.json) {
      nlohmann::json value = toJson("replicated", summary);
      value["folder"] = fs::canonical(folder).string();
      context.object(value);
      continue;
    }
    context.line(
        context.say("{}: {} objects, {} versions, {} ledger entries; {} objects copied ({} MB).",
                    folder.string(), summary.objects, summary.versions, summary.ledgerEntries,
                    summary.copied, summary.bytes / 1'000'000));
    if (summary.sameDisk) {
      context.line(
          context.tr("The copy lies on the file system of the site: it does not survive the loss "
                     "of that disk."));
    }
    context.line(context.tr(summary.complete
                                ? "The copy is complete."
                                : "The copy is not complete; what is in it was not changed."));
  }
}

void runRestore(Context& context, const fs::path& folder) {
  const Site site = context.site();
  const ReplicaSummary summary = restore(site, folder);
  printProblems(context, summary);
  const RebuildSummary rebuilt = rebuild(site);
  if (context.json) {
    nlohmann::json value = toJson("restored", summary);
    value["dossiers"] = rebuilt.dossiers;
    return context.object(value);
  }
  context.line(
      context.say("In the copy: {} objects with {} versions. Brought back: {} objects ({} MB).",
                  summary.objects, summary.versions, summary.copied, summary.bytes / 1'000'000));
  context.line(context.say("The catalogue was rebuilt: {} dossiers.", rebuilt.dossiers));
  context.line(context.tr(summary.complete ? "Everything in the copy is in the site."
                                           : "Not everything in the copy could be brought back."));
}

}  // namespace

void addReplicas(Command app, Context& context) {
  struct Options {
    std::vector<fs::path> to;
    fs::path from;
    bool verify = false;
  };
  const auto options = std::make_shared<Options>();
  Command copy = app.subcommand(
      "replicate",
      std::string(context.tr("bring independent copies of repository and ledger up to date")));
  copy.option("--to", options->to,
              std::string(context.tr("folder of the copy; may be given several times")))
      .required();
  copy.flag("--verify", options->verify,
            std::string(context.tr("read every byte of the copy again")));
  copy.action([options, &context] { runReplicate(context, options->to, options->verify); });
  Command back = app.subcommand(
      "restore", std::string(context.tr("bring back from a copy what is missing or damaged here")));
  back.option("--from", options->from, std::string(context.tr("folder of the copy")))
      .required()
      .existingFolder();
  back.action([options, &context] { runRestore(context, options->from); });
}

}  // namespace sohoa::cli
