#include "pipeline/audit.h"

#include <fmt/core.h>

#include "pipeline/cli/context.h"

namespace sohoa::cli {
namespace {

void runAudit(Context& context, bool full) {
  const AuditSummary summary = audit(context.site(), full, [&](const AuditFinding& finding) {
    if (context.json) {
      return context.object(nlohmann::json{{"event", "finding"},
                                         {"code", finding.code},
                                         {"where", finding.where},
                                         {"what", finding.what},
                                         {"warning", finding.warning}});
    }
    context.line(fmt::format("{} {}  {}: {}", context.tr(finding.warning ? "warning" : "error"), finding.code,
                             finding.where, context.tr(finding.what)));
  });
  if (summary.errors > 0) context.exit = ExitCode::finishedWith;
  if (context.json) {
    return context.object(nlohmann::json{{"event", "audit"},
                                       {"full", full},
                                       {"objects", summary.objects},
                                       {"documents", summary.documents},
                                       {"pages", summary.pages},
                                       {"ledger_entries", summary.ledgerEntries},
                                       {"batches", summary.batches},
                                       {"errors", summary.errors},
                                       {"warnings", summary.warnings}});
  }
  context.line(context.say("Audited: {} objects, {} documents, {} pages, {} ledger entries, {} batches.",
                           summary.objects, summary.documents, summary.pages, summary.ledgerEntries,
                           summary.batches));
  context.line(summary.errors == 0 ? std::string(context.tr("Everything holds."))
                                   : context.say("{} errors, {} warnings.", summary.errors, summary.warnings));
  if (!full) context.line(context.tr("With --full every byte is read again and every signature verified."));
}

}  // namespace

void addAudit(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand(
      "audit", std::string(context.tr("prove that repository, ledger and catalogue are whole and agree")));
  const auto full = std::make_shared<bool>(false);
  command->add_flag("--full", *full, std::string(context.tr("read every byte again and verify every signature")));
  command->callback([full, &context] { runAudit(context, *full); });
}

}  // namespace sohoa::cli
