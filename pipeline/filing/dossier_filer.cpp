#include "pipeline/filing/dossier_filer.h"

#include <algorithm>

#include "core/durable.h"
#include "pipeline/common/file_names.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/filing/dossier_version.h"
#include "storage/catalogue/dossier_object.h"

namespace sohoa {

namespace fs = std::filesystem;

DossierFiler::DossierFiler(FilingContext context, std::set<std::string> known)
    : context_(std::move(context)), log_(context_, std::move(known)), maker_(context_) {}

DossierFiler::Presence DossierFiler::presence(const IntakeItem& item) const {
  const auto filed = DossierObject(context_.repository, item.code).record();
  if (!filed) return Presence::none;
  return contentFingerprint(filed->originals) == contentFingerprint(originalsOf(item))
             ? Presence::same
             : Presence::different;
}

FilingPlan DossierFiler::plan(const DossierTask& task) const {
  FilingPlan plan;
  if (task.item.problem) return plan;
  plan.presence = presence(task.item);
  plan.documents = dossierDocuments(task.item, task.pages,
                                    context_.catalogue.registered(task.item.code), task.keyed);
  if (task.pages.empty() || plan.presence == Presence::same) return plan;
  plan.doubts = plan.documents ? doubts(task, *plan.documents)
                               : std::vector<ItemError>{plan.documents.error()};
  return plan;
}

std::vector<ItemError> DossierFiler::doubts(const DossierTask& task,
                                            const std::vector<DossierDocument>& documents) const {
  std::vector<ItemError> problems;
  for (const DossierDocument& document : documents) {
    problems.insert(problems.end(), document.judged.problems.begin(),
                    document.judged.problems.end());
  }
  const std::set<std::string> accepted = acceptedCauses(task);
  std::erase_if(problems, [&](const ItemError& problem) {
    const bool later =
        problem.cause == Cause::fieldByHand && context_.site.config().fields.fileByHand;
    return later || accepted.contains(std::string(codeOf(problem.cause)));
  });
  return problems;
}

Result<Outcome> DossierFiler::file(const DossierTask& task, const FilingPlan& plan) {
  const DossierObject object(context_.repository, task.item.code);
  if (plan.presence == Presence::different &&
      !acceptedCauses(task).contains(std::string(codeOf(Cause::dossierFiledDifferently)))) {
    return ItemError{Stage::filing, Cause::dossierFiledDifferently, task.item.code, ""};
  }
  if (plan.presence == Presence::same) {
    log_.recordFiled(task, object.requireRecord(), object.head());
    return log_.record(task, Outcome::Kind::filed, nullptr);
  }
  if (const auto unchanged = requireUnchanged(task); !unchanged) return unchanged.error();

  if (!plan.documents) return plan.documents.error();
  std::vector<DocumentRecord> documents;
  for (const DossierDocument& one : *plan.documents) {
    auto document = maker_.make(task, one);
    if (!document) return document.error();
    documents.push_back(std::move(*document));
  }
  const DossierRecord record = makeRecord(context_, task, *plan.documents, std::move(documents));
  context_.requireOurs();
  const int version = commitVersion(context_, task, *plan.documents, record, object.head());
  log_.recordFiled(task, record, version);
  return log_.record(task, Outcome::Kind::filed, nullptr);
}

/// Counts and hashes were fixed at intake; the files to be filed must still match them.
Result<void> DossierFiler::requireUnchanged(const DossierTask& task) const {
  for (const IntakeFile& file : task.item.files) {
    const fs::path path = task.scans / file.original.name;
    std::error_code error;
    const bool same = fs::file_size(path, error) == file.original.bytes && !error &&
                      sha512OfFile(path) == file.original.sha512;
    if (!same)
      return ItemError{Stage::filing, Cause::fileChanged, printable(file.original.name), ""};
  }
  return {};
}

void DossierFiler::clear(const DossierTask& task) {
  context_.requireOurs();
  moveToProcessed(context_.site, task.scans, task.batch, task.item.folder);
  if (task.decision) {
    clearReview(context_.site, task.item.code);
  } else {
    fs::remove_all(task.work);
  }
}

}  // namespace sohoa
