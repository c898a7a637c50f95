#include <algorithm>

#include "pipeline/common/file_names.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/dossier/waiting_dossiers.h"
#include "pipeline/filing/dossier_filer.h"

// DossierFiler: holding, quarantining and parking dossiers that cannot be filed.

namespace sohoa {

namespace fs = std::filesystem;

Outcome DossierFiler::putAside(const DossierTask& task, const FilingPlan& plan,
                               const std::vector<ItemError>& problems) {
  context_.requireOurs();
  const auto fatal = std::find_if(problems.begin(), problems.end(), [](const ItemError& problem) {
    return dispositionOf(problem.cause) == Disposition::quarantine;
  });
  if (fatal != problems.end()) return quarantine(task, *fatal);
  const bool fromReview = task.scans.parent_path() == reviewFolder(context_.site, task.item.code);
  if (!fromReview && fs::exists(reviewFolder(context_.site, task.item.code))) {
    return quarantine(task, {Stage::gate, Cause::dossierPending, task.item.code, ""});
  }
  return hold(task, plan, problems);
}

Outcome DossierFiler::hold(const DossierTask& task, const FilingPlan& plan,
                           const std::vector<ItemError>& problems) {
  unmarkWaiting(task.work);
  const Outcome outcome = log_.record(task, Outcome::Kind::held, &problems.front());
  log_.append("dossier.held", task.item.code,
              {{"batch", task.batch},
               {"folder", outcome.folder},
               {"cause", outcome.cause},
               {"detail", outcome.detail},
               {"pages", std::to_string(outcome.pages)}});
  HeldDossier held;
  held.batch = task.batch;
  held.folder = task.item.folder;
  held.code = task.item.code;
  held.receivedAt = task.receivedAt;
  held.heldAt = outcome.at;
  held.problems = problems;
  held.item = task.item;
  if (held.item.stack) held.item.stack->loose = false;  // in review/ it gets a folder
  held.keyed = task.keyed;
  cutOut(task, plan, problems);
  context_.requireOurs();
  if (task.decision) {
    // Accepted, and held again: it stays in review/, undecided.
    held.acceptedBefore = task.decision->causes;
    if (auto before = findHeld(context_.site, held.code)) held.keyings = std::move(before->keyings);
    saveHeld(context_.site, held);
  } else {
    moveToReview(context_.site, task.scans, held);
  }
  return outcome;
}

Outcome DossierFiler::quarantine(const DossierTask& task, const ItemError& why) {
  const Outcome outcome = log_.record(task, Outcome::Kind::quarantined, &why);
  log_.append("dossier.quarantined", task.item.code,
              {{"batch", task.batch},
               {"folder", outcome.folder},
               {"cause", outcome.cause},
               {"detail", outcome.detail},
               {"pages", std::to_string(outcome.pages)}});
  context_.requireOurs();
  moveToQuarantine(context_.site, task.scans, task.batch, task.item.folder, why);
  if (task.decision) clearReview(context_.site, task.item.code);
  return outcome;
}

Outcome DossierFiler::park(const DossierTask& task, const ItemError& why) {
  Outcome outcome;
  outcome.batch = task.batch;
  outcome.folder = printable(task.item.folder);
  outcome.code = task.item.code;
  outcome.kind = Outcome::Kind::waiting;
  outcome.cause = codeOf(why.cause);
  outcome.detail = why.detail;
  outcome.pages = task.item.pageCount();
  outcome.at = context_.clock.now();
  WaitingDossier waiting{outcome.batch, outcome.folder, outcome.code,
                         outcome.cause, outcome.detail, outcome.at};
  waiting.since = waitingSince(task.work, outcome.at);
  markWaiting(task.work, waiting);
  log_.append("dossier.waiting", task.item.code,
              {{"batch", task.batch},
               {"folder", outcome.folder},
               {"cause", outcome.cause},
               {"detail", outcome.detail}});
  return outcome;
}

void DossierFiler::cutOut(const DossierTask& task, const FilingPlan& plan,
                          const std::vector<ItemError>& problems) {
  if (task.pages.empty() || !plan.documents) return;
  const auto inQuestion = [&](const std::string& name) {
    return std::any_of(problems.begin(), problems.end(), [&](const ItemError& problem) {
      const bool ofField =
          problem.cause == Cause::fieldByHand || problem.cause == Cause::fieldContradiction;
      return ofField && problem.item == name;
    });
  };
  for (const DossierDocument& document : *plan.documents) {
    for (const auto& [field, found] : document.judged.fields) {
      const std::string name = document.nameOf(field);
      if (found.page < 1 || !inQuestion(name)) continue;
      const auto at = document.pages.at(static_cast<std::size_t>(found.page - 1));
      const PageAttempt& page = task.pages.at(at);
      // The picture is only an aid: if cutting it fails, the dossier is held all the same, with its
      // scans.
      (void)context_.assistant.call(
          CropJob{task.scans / page.file->original.name, page.index, found.box,
                  page.reading ? page.reading->rotation : 0, task.work / "crops" / (name + ".png")},
          kAssembleLimit);
    }
  }
}

}  // namespace sohoa
