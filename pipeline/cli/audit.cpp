#include "pipeline/audit/audit.h"

#include <fmt/core.h>

#include "core/durable.h"
#include "core/texts/json.h"
#include "pipeline/audit/replicas.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/common/file_names.h"
#include "storage/repository/repository.h"
#include "storage/validator/validator.h"

namespace sohoa::cli {
namespace {

struct Options {
  bool full = false;
  std::filesystem::path ocfl, faulty;
};

/// Names of files and what stands in them may be any bytes.
void print(const Context& context, const AuditFinding& finding) {
  if (context.json) {
    return context.object(nlohmann::json{{"event", "finding"},
                                         {"code", finding.code},
                                         {"where", finding.where},
                                         {"what", finding.what},
                                         {"warning", finding.warning}});
  }
  context.line(fmt::format("{} {}  {}: {}", context.tr(finding.warning ? "warning" : "error"),
                           finding.code, printable(finding.where),
                           printable(std::string(context.tr(finding.what)))));
}

/// Any OCFL object or storage root, ours or not; needs no site.
void auditOcfl(Context& context, const std::filesystem::path& folder) {
  std::int64_t objects = 0, errors = 0, warnings = 0;
  const auto report = [&](const std::vector<OcflFinding>& findings,
                          const std::filesystem::path& within) {
    for (const OcflFinding& finding : findings) {
      ++(finding.warning() ? warnings : errors);
      print(context, {finding.code, (within / finding.where).lexically_normal().string(),
                      finding.what, finding.warning()});
    }
  };
  if (!std::filesystem::is_directory(folder)) throw UsageError("--ocfl", folder.string());
  if (looksLikeOcflRoot(folder)) {
    report(validateOcflRoot(folder), "");
    forEachOcflObject(folder, [&](const std::filesystem::path& object) {
      ++objects;
      report(validateOcflObject(object), object.lexically_relative(folder));
    });
  } else {
    objects = 1;
    report(validateOcflObject(folder), "");
  }
  if (errors > 0) context.exit = ExitCode::finishedWith;
  if (context.json) {
    return context.object(nlohmann::json{
        {"event", "audit"}, {"objects", objects}, {"errors", errors}, {"warnings", warnings}});
  }
  context.line(context.say("{} OCFL objects: {} errors, {} warnings.", objects, errors, warnings));
}

void writeFaulty(const Context& context, const Options& options, const AuditSummary& summary) {
  if (options.faulty.empty()) return;
  writeFileDurably(options.faulty, faultyFilesCsv(summary.faultyFiles));
  if (!context.json)
    context.line(context.say("{} faulty files listed in {}", summary.faultyFiles.size(),
                             options.faulty.string()));
}

/// How the re-reading of everything stands, and where the copies are.
void printStanding(const Context& context, const Site& site, const AuditSummary& summary) {
  context.line(context.say("Read again: {} objects, {} MB.", summary.objectsRead,
                           summary.bytesRead / 1'000'000));
  context.line(summary.oldestRead
                   ? context.say("Oldest check: {}; every byte is due within {} days.",
                                 isoVietnam(*summary.oldestRead), site.config().audit.everyDays)
                   : context.say("First round: {:.0f} % of the repository has been read; every "
                                 "byte is due within {} days.",
                                 summary.coveredShare * 100, site.config().audit.everyDays));
  const auto copies = knownReplicas(site);
  for (const KnownReplica& copy : copies) {
    context.line(context.say("Copy in {}, complete on {}", copy.folder.string(),
                             isoVietnam(copy.completeAt)));
  }
  if (copies.size() < 2)
    context.line(
        context.tr("There should be at least two independent copies: sohoa replicate --to DIR"));
}

void runAudit(Context& context, const Options& options) {
  if (!options.ocfl.empty()) return auditOcfl(context, options.ocfl);
  const bool full = options.full;
  const Site site = context.site();
  const AuditSummary summary =
      audit(site, full, [&](const AuditFinding& finding) { print(context, finding); });
  writeFaulty(context, options, summary);
  if (summary.errors > 0) context.exit = ExitCode::finishedWith;
  if (context.json) {
    return context.object(nlohmann::json{
        {"event", "audit"},
        {"full", full},
        {"objects", summary.objects},
        {"documents", summary.documents},
        {"pages", summary.pages},
        {"ledger_entries", summary.ledgerEntries},
        {"anchors", summary.anchors},
        {"objects_read", summary.objectsRead},
        {"bytes_read", summary.bytesRead},
        {"covered", summary.coveredShare},
        {"oldest_check", summary.oldestRead ? nlohmann::json(isoVietnam(*summary.oldestRead))
                                            : nlohmann::json(nullptr)},
        {"copies", knownReplicas(site).size()},
        {"faulty_files", summary.faultyFiles.size()},
        {"batches", summary.batches},
        {"errors", summary.errors},
        {"warnings", summary.warnings}});
  }
  context.line(context.say(
      "Audited: {} objects, {} documents, {} pages, {} ledger entries, {} batches.",
      summary.objects, summary.documents, summary.pages, summary.ledgerEntries, summary.batches));
  printStanding(context, site, summary);
  context.line(summary.errors == 0
                   ? std::string(context.tr("Everything holds."))
                   : context.say("{} errors, {} warnings.", summary.errors, summary.warnings));
  if (!full)
    context.line(context.tr("With --full every byte is read again and every signature verified."));
}

}  // namespace

void addAudit(Command app, Context& context) {
  Command command = app.subcommand(
      "audit",
      std::string(context.tr("prove that repository, ledger and catalogue are whole and agree")));
  const auto options = std::make_shared<Options>();
  command.flag("--full", options->full,
               std::string(context.tr("read every byte again and verify every signature")));
  command.option("--ocfl", options->ocfl,
                 std::string(context.tr("only this OCFL object or storage root, of any origin")));
  command.option("--faulty", options->faulty,
                 std::string(context.tr("list faulty files in this CSV file")));
  command.action([options, &context] { runAudit(context, *options); });
}

}  // namespace sohoa::cli
