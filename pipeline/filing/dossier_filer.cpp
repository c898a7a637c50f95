#include "pipeline/filing/dossier_filer.h"

#include <algorithm>

#include "core/durable.h"
#include "pipeline/common/file_names.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/filing/dossier_version.h"

namespace sohoa {

namespace fs = std::filesystem;

FilingDesk::FilingDesk(Parts parts, std::set<std::string> known)
    : parts_(std::move(parts)), log_(parts_, std::move(known)), maker_(parts_) {}

FilingDesk::Presence FilingDesk::presence(const IntakeItem& item) const {
  const auto metadata = parts_.repository.find(objectIdOf(item), "metadata.json");
  if (!metadata) return Presence::none;
  const DossierRecord filed = readRecord(*metadata);
  return contentFingerprint(filed.originals) == contentFingerprint(originalsOf(item))
             ? Presence::same
             : Presence::different;
}

Result<std::vector<DossierDocument>> FilingDesk::documentsOf(const Docket& docket) const {
  return dossierDocuments(docket.item, docket.pages, parts_.catalogue.registered(docket.item.code),
                          docket.keyed);
}

std::vector<ItemError> FilingDesk::doubts(const Docket& docket) const {
  if (docket.pages.empty() || presence(docket.item) == Presence::same) return {};
  const auto documents = documentsOf(docket);
  if (!documents) return {documents.error()};
  std::vector<ItemError> problems;
  for (const DossierDocument& document : *documents) {
    problems.insert(problems.end(), document.judged.problems.begin(),
                    document.judged.problems.end());
  }
  const std::set<std::string> accepted = acceptedCauses(docket);
  std::erase_if(problems, [&](const ItemError& problem) {
    const bool later = problem.cause == Cause::fieldByHand && parts_.site.config().fileByHand;
    return later || accepted.contains(std::string(codeOf(problem.cause)));
  });
  return problems;
}

Result<Outcome> FilingDesk::file(const Docket& docket) {
  const std::string objectId = objectIdOf(docket.item);
  const Presence before = presence(docket.item);
  if (before == Presence::different &&
      !acceptedCauses(docket).contains(std::string(codeOf(Cause::dossierFiledDifferently)))) {
    return ItemError{Stage::filing, Cause::dossierFiledDifferently, docket.item.code, ""};
  }
  if (before == Presence::same) {
    const DossierRecord record = readRecord(*parts_.repository.find(objectId, "metadata.json"));
    log_.enter(docket, record, *parts_.repository.head(objectId));
    return log_.record(docket, Outcome::Kind::filed, nullptr);
  }
  if (const auto unchanged = requireUnchanged(docket); !unchanged) return unchanged.error();

  const auto planned = documentsOf(docket);
  if (!planned) return planned.error();
  std::vector<DocumentRecord> documents;
  for (const DossierDocument& one : *planned) {
    auto document = maker_.make(docket, one);
    if (!document) return document.error();
    documents.push_back(std::move(*document));
  }
  const DossierRecord record = makeRecord(parts_, docket, *planned, std::move(documents));
  parts_.requireOurs();
  const int version =
      commitVersion(parts_, docket, *planned, record, parts_.repository.head(objectId).value_or(0));
  log_.enter(docket, record, version);
  return log_.record(docket, Outcome::Kind::filed, nullptr);
}

/// Counts and hashes were fixed when the batch was taken in; what is filed must be just that.
Result<void> FilingDesk::requireUnchanged(const Docket& docket) const {
  for (const IntakeFile& file : docket.item.files) {
    const fs::path path = docket.scans / file.original.name;
    std::error_code error;
    const bool same = fs::file_size(path, error) == file.original.bytes && !error &&
                      sha512OfFile(path) == file.original.sha512;
    if (!same)
      return ItemError{Stage::filing, Cause::fileChanged, printable(file.original.name), ""};
  }
  return {};
}

void FilingDesk::clear(const Docket& docket) {
  parts_.requireOurs();
  moveToProcessed(parts_.site, docket.scans, docket.batch, docket.item.folder);
  if (docket.decision) {
    clearReview(parts_.site, docket.item.code);
  } else {
    fs::remove_all(docket.work);
  }
}

}  // namespace sohoa
