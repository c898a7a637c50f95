#include "pipeline/reports/page_balance.h"

#include <fmt/core.h>

#include <algorithm>

namespace sohoa {
namespace {

bool has(const PageRecord& page, const char* flag) {
  return std::find(page.flags.begin(), page.flags.end(), flag) != page.flags.end();
}

}  // namespace

PageLedger pageLedgerOf(const DossierRecord& record) {
  PageLedger ledger;
  ledger.declared = record.declaredPages;
  ledger.twins = record.twins;
  for (const OriginalFile& original : record.originals) {
    (original.separator ? ledger.separators : ledger.images) += original.pages;
  }
  for (const DocumentRecord& document : record.documents) {
    ledger.inDocuments += static_cast<int>(document.pages.size());
    for (const PageRecord& page : document.pages) {
      ++(page.outcome == PageOutcome::recognised ? ledger.recognised : ledger.flagged);
      ledger.noteShots += has(page, "note_shot") ? 1 : 0;
      ledger.replaced += page.replaces.empty() ? 0 : 1;
      if (has(page, "blank")) ledger.blanks.push_back({document.code, page.number, page.inkShare});
    }
  }
  return ledger;
}

std::vector<std::string> PageLedger::faults() const {
  std::vector<std::string> faults;
  if (declared > 0 && declared != pages()) {
    faults.push_back(fmt::format("{} pages were declared, {} are there", declared, pages()));
  }
  if (recognised + flagged != inDocuments) {
    faults.push_back(fmt::format("{} pages recognised + {} flagged, {} in the documents",
                                 recognised, flagged, inDocuments));
  }
  if (images - replaced != inDocuments) {
    faults.push_back(
        fmt::format("{} images - {} replaced, {} in the documents", images, replaced, inDocuments));
  }
  return faults;
}

void PageSums::add(const PageLedger& ledger) {
  ++dossiers;
  declared += ledger.declared;
  undeclared += ledger.declared == 0 ? 1 : 0;
  images += ledger.images;
  replaced += ledger.replaced;
  noteShots += ledger.noteShots;
  recognised += ledger.recognised;
  flagged += ledger.flagged;
  blank += static_cast<long>(ledger.blanks.size());
  inDocuments += ledger.inDocuments;
  twins += static_cast<long>(ledger.twins.size());
  unbalanced += ledger.faults().empty() ? 0 : 1;
}

PageSums pageSums(const Catalogue& catalogue, Day from, Day to,
                  const std::function<void(const std::string& code, const PageLedger&)>& visit) {
  PageSums sums;
  for (const ReportMember& member : catalogue.membersOf(from, to, Grouping::none, "")) {
    if (!member.filed) continue;
    const auto filed = catalogue.filed(member.row.dossierCode);
    if (!filed) continue;
    const PageLedger ledger = pageLedgerOf(filed->record);
    sums.add(ledger);
    visit(member.row.dossierCode, ledger);
  }
  return sums;
}

}  // namespace sohoa
