#include "pipeline/review.h"

#include <algorithm>
#include <array>
#include <map>

#include "pipeline/document_plan.h"
#include "pipeline/field_gate.h"
#include "pipeline/names.h"
#include "storage/catalogue.h"
#include "storage/ledger.h"

namespace sohoa {
namespace {

void log(const Site& site, const Clock& clock, const HeldDossier& held, const std::string& person,
         const std::string& action, const std::string& reason,
         std::map<std::string, std::string> more = {}) {
  LedgerEntry entry;
  entry.at = clock.now();
  entry.actor = person;
  entry.action = action;
  entry.subject = held.code;
  std::string causes;
  for (const ItemError& problem : held.problems) {
    if (!causes.empty()) causes += ' ';
    causes += codeOf(problem.cause);
  }
  entry.details = {{"batch", held.batch}, {"causes", causes}, {"reason", reason}};
  entry.details.merge(more);
  Ledger(site.ledger()).append(std::move(entry));
}

}  // namespace

std::vector<Cause> notAcceptable(const HeldDossier& held) {
  // Without pixels there is no page, and what could not be taken in would be missing from the
  // documents. Everything else either is a judgement, which a person may make, or is tried again and
  // held again when it still fails.
  static constexpr std::array kNever = {Cause::pdfNotScanned};
  std::vector<Cause> causes;
  if (held.item.problem) causes.push_back(held.item.problem->cause);
  for (const ItemError& problem : held.problems) {
    const bool never = std::find(kNever.begin(), kNever.end(), problem.cause) != kNever.end();
    const bool known = std::find(causes.begin(), causes.end(), problem.cause) != causes.end();
    if (never && !known) causes.push_back(problem.cause);
  }
  return causes;
}

void accept(const Site& site, HeldDossier held, const std::string& person, const std::string& reason) {
  const SiteLock lock(site);
  const auto clock = site.clock();
  // What was accepted before (and came back for another cause) stays accepted.
  ReviewDecision decision{person, reason, held.acceptedBefore, clock->now()};
  if (held.decision) {
    decision.causes.insert(decision.causes.end(), held.decision->causes.begin(),
                           held.decision->causes.end());
  }
  for (const ItemError& problem : held.problems) decision.causes.emplace_back(codeOf(problem.cause));
  std::sort(decision.causes.begin(), decision.causes.end());
  decision.causes.erase(std::unique(decision.causes.begin(), decision.causes.end()),
                        decision.causes.end());
  held.decision = std::move(decision);
  log(site, *clock, held, person, "review.accepted", reason);
  saveHeld(site, held);
}

std::optional<std::string> correct(const Site& site, HeldDossier held,
                                   const std::map<std::string, std::string>& values,
                                   const std::string& person, const std::string& reason) {
  std::map<std::string, std::string> canonical;
  const auto documents = planDocuments(held.item.files);
  for (const auto& [name, value] : values) {
    const auto usable = canonicalField(name, value);
    if (!usable) return name;
    // "KQ2.number" of a dossier without a second result would be keyed in for nothing.
    const auto dot = name.find('.');
    const auto isMeant = [&](const PlannedDocument& one) { return one.label.text() == name.substr(0, dot); };
    if (dot != std::string::npos &&
        (!documents || std::none_of(documents->begin(), documents->end(), isMeant))) {
      return name;
    }
    canonical[name] = *usable;
  }
  const SiteLock lock(site);
  const auto clock = site.clock();
  for (const auto& [name, value] : canonical) {
    DocumentField& field = held.keyed[name];
    std::string old = field.value;
    for (const ItemError& problem : held.problems) {
      if (old.empty() && problem.item == name) old = problem.detail;
    }
    field = {};
    field.value = value;
    field.source = kKeyed;
    field.person = person;
    field.reason = reason;
    log(site, *clock, held, person, "review.corrected", reason,
        {{"field", name}, {"old", old}, {"new", value}});
  }
  std::erase_if(held.problems, [&](const ItemError& problem) {
    const bool ofField = problem.cause == Cause::fieldByHand || problem.cause == Cause::fieldContradiction;
    return ofField && canonical.contains(problem.item);
  });
  if (held.problems.empty()) {
    ReviewDecision decision{person, reason, held.acceptedBefore, clock->now()};
    if (held.decision) decision.causes = held.decision->causes;
    held.decision = std::move(decision);
  }
  saveHeld(site, held);
  return std::nullopt;
}

void reject(const Site& site, const HeldDossier& held, const std::string& person,
            const std::string& reason) {
  const SiteLock lock(site);
  const auto clock = site.clock();
  const ItemError why{Stage::gate, Cause::rejectedByPerson, person, reason};
  Outcome outcome;
  outcome.batch = held.batch;
  outcome.folder = printable(held.folder);
  outcome.code = held.code;
  outcome.kind = Outcome::Kind::quarantined;
  outcome.cause = codeOf(why.cause);
  outcome.detail = person + ": " + reason;
  outcome.pages = held.item.pageCount();
  outcome.at = clock->now();
  site.catalogue().open()->recordOutcome(outcome);
  log(site, *clock, held, person, "review.rejected", reason,
      {{"folder", outcome.folder}, {"cause", outcome.cause}, {"detail", outcome.detail},
       {"pages", std::to_string(outcome.pages)}});
  moveToQuarantine(site, reviewFolder(site, held.code) / "scans", held.batch, held.folder, why);
  clearReview(site, held.code);
}

}  // namespace sohoa
