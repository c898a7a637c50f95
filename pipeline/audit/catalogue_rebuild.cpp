#include "pipeline/audit/catalogue_rebuild.h"

#include <map>

#include "core/durable.h"
#include "core/result.h"
#include "pipeline/audit/catalogue_compare.h"
#include "pipeline/site/site_lock.h"
#include "storage/catalogue/catalogue.h"
#include "storage/catalogue/catalogue_rebuild.h"
#include "storage/ledger/ledger.h"

namespace sohoa {
namespace {

/// Replays the outcome of every dossier folder from the ledger.
std::int64_t replayOutcomes(const Ledger& ledger, Catalogue& catalogue) {
  std::int64_t count = 0;
  const auto record = [&](const LedgerEntry& entry, Outcome::Kind kind) {
    const auto detail = [&](const char* name) {
      const auto found = entry.details.find(name);
      return found == entry.details.end() ? std::string() : found->second;
    };
    Outcome outcome;
    outcome.batch = detail("batch");
    outcome.folder = detail("folder");
    outcome.code = entry.subject;
    if (outcome.folder.empty()) outcome.folder = entry.subject;
    outcome.kind = kind;
    outcome.cause = detail("cause");
    outcome.detail = detail("detail");
    outcome.pages = std::atoi(detail("pages").c_str());
    outcome.at = entry.at;
    catalogue.recordOutcome(outcome);
    ++count;
  };
  ledger.forEach([&](const LedgerEntry& entry) {
    const bool filed = entry.action == "dossier.filed" || entry.action == "dossier.filed_before";
    if (filed) record(entry, Outcome::Kind::filed);
    if (entry.action == "dossier.held") record(entry, Outcome::Kind::held);
    if (entry.action == "dossier.quarantined") record(entry, Outcome::Kind::quarantined);
    if (entry.action == "review.divided") record(entry, Outcome::Kind::quarantined);
    if (entry.action == "review.rejected") record(entry, Outcome::Kind::quarantined);
  });
  return count;
}

}  // namespace

RebuildSummary rebuild(const Site& site) {
  const SiteLock lock(site);
  const Repository repository = Repository::open(site.repository());
  const CatalogueStore store = site.catalogue();
  RebuildSummary summary;
  const bool had = store.exists();
  summary.equal = !had;
  const auto draft = store.draft();
  const RebuildResult result = rebuildCatalogue(repository, draft->catalogue());
  summary.dossiers = result.dossiers;
  summary.registerRows = result.registerRows;
  for (const auto& problem : result.problems) {
    summary.problems.push_back(problem.object + ": " + problem.what);
  }
  summary.outcomes = replayOutcomes(Ledger(site.ledger()), draft->catalogue());
  try {
    if (had) summary.equal = catalogueDifferences(store, *draft).empty();
  } catch (const BatchError& error) {
    summary.problems.push_back(error.detail());  // damaged, which is the reason to rebuild it
  }
  draft->adopt();
  return summary;
}

}  // namespace sohoa
