#include <algorithm>

#include "pipeline/common/file_names.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/dossier/waiting_dossiers.h"
#include "pipeline/filing/dossier_filer.h"

// What becomes of dossiers that are not filed: FilingDesk, the other half of it.

namespace sohoa {

namespace fs = std::filesystem;

Outcome FilingDesk::putAside(const Docket& docket, const std::vector<ItemError>& problems) {
  parts_.requireOurs();
  const auto fatal = std::find_if(problems.begin(), problems.end(), [](const ItemError& problem) {
    return dispositionOf(problem.cause) == Disposition::quarantine;
  });
  if (fatal != problems.end()) return quarantine(docket, *fatal);
  const bool fromReview = docket.scans.parent_path() == reviewFolder(parts_.site, docket.item.code);
  if (!fromReview && fs::exists(reviewFolder(parts_.site, docket.item.code))) {
    return quarantine(docket, {Stage::gate, Cause::dossierPending, docket.item.code, ""});
  }
  return hold(docket, problems);
}

Outcome FilingDesk::hold(const Docket& docket, const std::vector<ItemError>& problems) {
  unmarkWaiting(docket.work);
  const Outcome outcome = log_.record(docket, Outcome::Kind::held, &problems.front());
  log_.append("dossier.held", docket.item.code,
              {{"batch", docket.batch},
               {"folder", outcome.folder},
               {"cause", outcome.cause},
               {"detail", outcome.detail},
               {"pages", std::to_string(outcome.pages)}});
  HeldDossier held;
  held.batch = docket.batch;
  held.folder = docket.item.folder;
  held.code = docket.item.code;
  held.receivedAt = docket.receivedAt;
  held.heldAt = outcome.at;
  held.problems = problems;
  held.item = docket.item;
  if (held.item.stack) held.item.stack->loose = false;  // the shelf has a folder for it
  held.keyed = docket.keyed;
  cutOut(docket, problems);
  parts_.requireOurs();
  if (docket.decision) {
    // Accepted, and held again: it stays where it is, undecided.
    held.acceptedBefore = docket.decision->causes;
    if (auto before = findHeld(parts_.site, held.code)) held.keyings = std::move(before->keyings);
    saveHeld(parts_.site, held);
  } else {
    moveToReview(parts_.site, docket.scans, held);
  }
  return outcome;
}

Outcome FilingDesk::quarantine(const Docket& docket, const ItemError& why) {
  const Outcome outcome = log_.record(docket, Outcome::Kind::quarantined, &why);
  log_.append("dossier.quarantined", docket.item.code,
              {{"batch", docket.batch},
               {"folder", outcome.folder},
               {"cause", outcome.cause},
               {"detail", outcome.detail},
               {"pages", std::to_string(outcome.pages)}});
  parts_.requireOurs();
  moveToQuarantine(parts_.site, docket.scans, docket.batch, docket.item.folder, why);
  if (docket.decision) clearReview(parts_.site, docket.item.code);
  return outcome;
}

Outcome FilingDesk::park(const Docket& docket, const ItemError& why) {
  Outcome outcome;
  outcome.batch = docket.batch;
  outcome.folder = printable(docket.item.folder);
  outcome.code = docket.item.code;
  outcome.kind = Outcome::Kind::waiting;
  outcome.cause = codeOf(why.cause);
  outcome.detail = why.detail;
  outcome.pages = docket.item.pageCount();
  outcome.at = parts_.clock.now();
  WaitingDossier waiting{outcome.batch, outcome.folder, outcome.code,
                         outcome.cause, outcome.detail, outcome.at};
  waiting.since = waitingSince(docket.work, outcome.at);
  markWaiting(docket.work, waiting);
  log_.append("dossier.waiting", docket.item.code,
              {{"batch", docket.batch},
               {"folder", outcome.folder},
               {"cause", outcome.cause},
               {"detail", outcome.detail}});
  return outcome;
}

void FilingDesk::cutOut(const Docket& docket, const std::vector<ItemError>& problems) {
  const auto documents = documentsOf(docket);
  if (docket.pages.empty() || !documents) return;
  const auto inQuestion = [&](const std::string& name) {
    return std::any_of(problems.begin(), problems.end(), [&](const ItemError& problem) {
      const bool ofField =
          problem.cause == Cause::fieldByHand || problem.cause == Cause::fieldContradiction;
      return ofField && problem.item == name;
    });
  };
  for (const DossierDocument& document : *documents) {
    for (const auto& [field, found] : document.judged.fields) {
      const std::string name = document.nameOf(field);
      if (found.page < 1 || !inQuestion(name)) continue;
      const auto at = document.pages.at(static_cast<std::size_t>(found.page - 1));
      const PageAttempt& page = docket.pages.at(at);
      // A picture is a help: without it the dossier is held all the same, and its scans are there.
      (void)parts_.assistant.call(CropJob{docket.scans / page.file->original.name, page.index,
                                          found.box, page.reading ? page.reading->rotation : 0,
                                          docket.work / "crops" / (name + ".png")},
                                  kAssembleLimit);
    }
  }
}

}  // namespace sohoa
