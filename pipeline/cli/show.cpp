#include <fmt/core.h>

#include "core/durable.h"
#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/cli/document_text.h"
#include "pipeline/common/file_names.h"
#include "pipeline/intake/document_plan.h"
#include "pipeline/reports/page_balance.h"
#include "storage/catalogue/catalogue.h"
#include "storage/repository/repository.h"

namespace sohoa::cli {
namespace {

nlohmann::json ledgerJson(const PageLedger& ledger) {
  nlohmann::json blanks = nlohmann::json::array();
  for (const PageLedger::Blank& blank : ledger.blanks) {
    blanks.push_back(
        {{"document", blank.document}, {"page", blank.page}, {"ink_share", blank.inkShare}});
  }
  return {{"declared", ledger.declared},        {"images", ledger.images},
          {"separators", ledger.separators},    {"replaced", ledger.replaced},
          {"note_shots", ledger.noteShots},     {"pages", ledger.pages()},
          {"recognised", ledger.recognised},    {"flagged", ledger.flagged},
          {"in_documents", ledger.inDocuments}, {"blanks", std::move(blanks)},
          {"faults", ledger.faults()}};
}

void printPageLedger(const Context& context, const PageLedger& ledger) {
  context.line(
      context.say("  Pages: {} images = {} sides of paper + {} with a note + {} replaced; {} "
                  "recognised + {} flagged = {} in the documents",
                  ledger.images, ledger.pages(), ledger.noteShots, ledger.replaced,
                  ledger.recognised, ledger.flagged, ledger.inDocuments));
  context.line(ledger.declared > 0
                   ? context.say("    declared on paper: {}", ledger.declared)
                   : std::string(context.tr("    declared on paper: nobody counted")));
  for (const std::string& fault : ledger.faults())
    context.line(context.say("    DOES NOT ADD UP: {}", fault));
  for (const PageLedger::Blank& blank : ledger.blanks) {
    context.line(context.say("    blank: {}, page {} ({:.3f} % ink)", blank.document, blank.page,
                             100 * blank.inkShare));
  }
  for (const PageTwin& twin : ledger.twins) context.line("    " + twinText(context, twin));
}

void print(const Context& context, const DossierRecord& record, int version,
           const std::filesystem::path& place) {
  context.line(context.say("Dossier {}, version {}, filed {}", record.code, version,
                           isoVietnam(record.filedAt)));
  if (const auto& row = record.registered) {
    context.line(context.say("  Procedure: {} {}", row->procedureCode, row->procedureName));
    context.line(context.say("  Unit: {}; received {}", row->unit, isoDay(row->receivedOn)));
  }
  context.line(record.counted ? std::string(context.tr("  Counts as digitised."))
                              : context.say("  Does not count as digitised: {}",
                                            notCountedInWords(context, record.notCountedReason)));
  printPageLedger(context, pageLedgerOf(record));
  if (const auto& decision = record.decision) {
    context.line(context.say("  Accepted by {} on {}: {}", decision->person,
                             isoVietnam(decision->at), decision->reason));
  }
  for (const DocumentRecord& document : record.documents) {
    context.line(context.say("  Document {} ({}): {} pages, {}", document.code,
                             kindInWords(context, documentKindOfCode(document.code)),
                             document.pages.size(), document.title));
    for (const auto& [name, field] : document.fields) {
      if (field.value.empty()) {
        context.line(context.say("    {}: not known (filled in by hand)", context.tr(name)));
        continue;
      }
      context.line(fmt::format("    {}: {} ({}{})", context.tr(name), field.value,
                               context.tr(field.source),
                               field.suspect ? context.tr(", doubtful") : ""));
    }
    if (const auto& signature = document.signature) {
      context.line(context.say("    Signed by {} ({}), {}", signature->signer, signature->level,
                               isoVietnam(signature->claimedAt)));
    }
    if (packagedOnly(document)) context.line(context.tr("    Packaged without a signature"));
    if (!context.verbose) continue;
    for (const PageRecord& page : document.pages) {
      context.line(context.say("    page {}: {}, page {}; {} words, {} suspect", page.number,
                               page.original, page.originalPage, page.words, page.suspectWords));
    }
  }
  context.line(context.say("  In the repository: {}", place.string()));
}

void show(Context& context, const std::string& code) {
  const Site site = context.site();
  const auto filed = site.catalogue().open()->filed(code);
  if (!filed) throw UsageError(context.say("no dossier of this code is filed: {}", code));
  const Repository repository = Repository::open(site.repository());
  const auto place = site.repository() / repository.objectPath("urn:sohoa:dossier:" + code);
  if (context.json) {
    nlohmann::json value = parseJson(toJson(filed->record));
    value["page_ledger"] = ledgerJson(pageLedgerOf(filed->record));
    value["version"] = filed->version;
    value["place"] = place.string();
    return context.object(value);
  }
  print(context, filed->record, filed->version, place);
}

}  // namespace

void addShow(Command app, Context& context) {
  Command command =
      app.subcommand("show", std::string(context.tr("what is filed under a dossier code")));
  const auto code = std::make_shared<std::string>();
  command.option("CODE", *code, std::string(context.tr("dossier code"))).required();
  command.action([code, &context] { show(context, *code); });
}

}  // namespace sohoa::cli
