#include "pipeline/review/review.h"

#include <algorithm>
#include <array>
#include <map>

#include "pipeline/common/file_names.h"
#include "pipeline/dossier/field_checks.h"
#include "pipeline/intake/document_plan.h"
#include "pipeline/site/site_lock.h"
#include "storage/catalogue/catalogue.h"
#include "storage/ledger/ledger.h"

namespace sohoa {
namespace {

/// The entry with which the newest one (last in `keyings`) agrees, by another person; null if none.
const Keying* agreed(const std::vector<Keying>& keyings) {
  for (const Keying& one : keyings) {
    if (one.person != keyings.back().person && one.value == keyings.back().value) return &one;
  }
  return nullptr;
}

bool isOfField(const ItemError& problem) {
  return problem.cause == Cause::fieldByHand || problem.cause == Cause::fieldContradiction;
}

/// The current value: keyed in, else as read on the page.
std::string valueBefore(const HeldDossier& held, const std::string& name) {
  const auto keyed = held.keyed.find(name);
  if (keyed != held.keyed.end() && !keyed->second.value.empty()) return keyed->second.value;
  for (const ItemError& problem : held.problems) {
    if (problem.item == name) return problem.detail;
  }
  return {};
}

}  // namespace

void logReview(const Site& site, Time at, const HeldDossier& held, const std::string& person,
               const std::string& action, const std::string& reason,
               std::map<std::string, std::string> more) {
  LedgerEntry entry;
  entry.at = at;
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

std::vector<Cause> notAcceptable(const HeldDossier& held) {
  // Without pixels there is no page, and files that could not be taken in would be missing from the
  // documents. Everything else is either a judgement, which a person may override, or is tried
  // again and held again if it still fails.
  static constexpr std::array kNever = {Cause::pdfNotScanned};
  std::vector<Cause> causes;
  if (held.item.problem) causes.push_back(held.item.problem->cause);
  for (const ItemError& problem : held.problems) {
    // TT 01/2023/TT-VPCP, Art. 4: secret papers are never digitised.
    const bool secret =
        problem.cause == Cause::dossierExcluded && held.item.excludedReason == "secret";
    const bool never =
        secret || std::find(kNever.begin(), kNever.end(), problem.cause) != kNever.end();
    const bool known = std::find(causes.begin(), causes.end(), problem.cause) != causes.end();
    if (never && !known) causes.push_back(problem.cause);
  }
  return causes;
}

Result<void> accept(const Site& site, HeldDossier held, const std::string& person,
                    const std::string& reason) {
  if (auto may = mayAct(site, held, person, ReviewAct::approve); !may) return may;
  if (const auto causes = notAcceptable(held); !causes.empty()) {
    return ItemError{Stage::gate, Cause::reviewNotAcceptable, held.code,
                     std::string(codeOf(causes.front()))};
  }
  if (!held.rescans.empty()) {
    return ItemError{Stage::gate, Cause::reviewRescanOpen, held.code, held.rescans.front().name};
  }
  const SiteLock lock(site);
  const auto clock = site.clock();
  // Causes accepted earlier (the dossier came back for another) stay accepted.
  ReviewDecision decision{person, reason, held.acceptedBefore, clock->now()};
  if (held.decision) {
    decision.causes.insert(decision.causes.end(), held.decision->causes.begin(),
                           held.decision->causes.end());
  }
  for (const ItemError& problem : held.problems)
    decision.causes.emplace_back(codeOf(problem.cause));
  std::sort(decision.causes.begin(), decision.causes.end());
  decision.causes.erase(std::unique(decision.causes.begin(), decision.causes.end()),
                        decision.causes.end());
  held.decision = std::move(decision);
  logReview(site, clock->now(), held, person, "review.accepted", reason);
  saveHeld(site, held);
  return {};
}

Result<KeyedValues> correct(const Site& site, HeldDossier held,
                            const std::map<std::string, std::string>& values,
                            const std::string& person, const std::string& reason) {
  if (const auto may = mayAct(site, held, person, ReviewAct::key); !may) return may.error();
  std::map<std::string, std::string> canonical;
  const auto documents = planDocuments(held.item.files);
  for (const auto& [name, value] : values) {
    const auto usable = canonicalField(name, value);
    if (!usable) return ItemError{Stage::gate, Cause::reviewValue, name, value};
    // "KQ2.number" for a dossier without a second result would have no effect.
    const auto dot = name.find('.');
    const auto isMeant = [&](const PlannedDocument& one) {
      return one.label.text() == name.substr(0, dot);
    };
    if (dot != std::string::npos &&
        (!documents || std::none_of(documents->begin(), documents->end(), isMeant))) {
      return ItemError{Stage::gate, Cause::reviewValue, name, value};
    }
    canonical[name] = *usable;
  }
  const SiteLock lock(site);
  const auto clock = site.clock();
  KeyedValues done;
  for (const auto& [name, value] : canonical) {
    std::string persons = person;
    if (site.config().review.doubleKeying) {
      std::vector<Keying>& keyings = held.keyings[name];
      std::erase_if(keyings, [&](const Keying& one) { return one.person == person; });
      keyings.push_back({person, value, reason, clock->now()});
      const Keying* first = agreed(keyings);
      if (!first) {
        done.waiting.push_back(name);
        if (keyings.size() > 1) done.differs.push_back(name);
        logReview(site, clock->now(), held, person, "review.keyed", reason,
                  {{"field", name}, {"new", value}});
        continue;
      }
      persons = first->person + ", " + person;
      held.keyings.erase(name);
    }
    logReview(
        site, clock->now(), held, person, "review.corrected", reason,
        {{"field", name}, {"old", valueBefore(held, name)}, {"new", value}, {"persons", persons}});
    DocumentField field;
    field.value = value;
    field.source = kKeyed;
    field.person = persons;
    field.reason = reason;
    held.keyed[name] = std::move(field);
    done.settled.push_back(name);
  }
  std::erase_if(held.problems, [&](const ItemError& problem) {
    return isOfField(problem) &&
           std::find(done.settled.begin(), done.settled.end(), problem.item) != done.settled.end();
  });
  const bool approver = static_cast<bool>(mayAct(site, held, person, ReviewAct::approve));
  done.files = held.problems.empty() && held.rescans.empty() && done.waiting.empty() && approver;
  if (done.files) {
    ReviewDecision decision{person, reason, held.acceptedBefore, clock->now()};
    if (held.decision) decision.causes = held.decision->causes;
    held.decision = std::move(decision);
  }
  saveHeld(site, held);
  return done;
}

Result<void> reject(const Site& site, const HeldDossier& held, const std::string& person,
                    const std::string& reason) {
  if (auto may = mayAct(site, held, person, ReviewAct::send); !may) return may;
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
  logReview(site, outcome.at, held, person, "review.rejected", reason,
            {{"folder", outcome.folder},
             {"cause", outcome.cause},
             {"detail", outcome.detail},
             {"pages", std::to_string(outcome.pages)}});
  moveToQuarantine(site, reviewFolder(site, held.code) / "scans", held.batch, held.folder, why);
  clearReview(site, held.code);
  return {};
}

}  // namespace sohoa
