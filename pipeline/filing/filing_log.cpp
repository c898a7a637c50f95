#include "pipeline/filing/filing_log.h"

#include "pipeline/common/file_names.h"
#include "storage/catalogue/catalogue_rebuild.h"
#include "storage/catalogue/dossier_object.h"

namespace sohoa {
namespace {

constexpr std::string_view kActor = "sohoa run";

}  // namespace

std::string FilingLog::keyOf(const LedgerEntry& entry) {
  const auto detail = [&](const char* name) {
    const auto found = entry.details.find(name);
    return found == entry.details.end() ? std::string() : found->second;
  };
  return entry.action + '\0' + entry.subject + '\0' + detail("batch") + '\0' + detail("version") +
         '\0' + detail("cause");
}

void FilingLog::append(const std::string& action, const std::string& subject,
                       std::map<std::string, std::string> details) {
  LedgerEntry entry;
  entry.at = context_.clock.now();
  entry.actor = kActor;
  entry.action = action;
  entry.subject = subject;
  entry.details = std::move(details);
  if (!known_.insert(keyOf(entry)).second) return;
  context_.requireOurs();
  context_.ledger.append(std::move(entry));
}

/// Catalogue row first, then ledger entry: a row never names what is not on disk, and the ledger
/// never says more than the catalogue knows.
void FilingLog::recordFiled(const DossierTask& task, const DossierRecord& record, int version) {
  const auto filed = context_.catalogue.filed(record.code);
  if (!filed || filed->version != version) {
    const auto texts = DossierObject(context_.repository, task.item.code).texts(record);
    context_.requireOurs();
    context_.catalogue.recordFiled(record, version, texts);
  }
  int pages = 0;
  for (const DocumentRecord& document : record.documents)
    pages += static_cast<int>(document.pages.size());
  std::map<std::string, std::string> details = {
      {"batch", record.batch},
      {"object", objectIdOf(task.item)},
      {"version", std::to_string(version)},
      {"pages", std::to_string(pages)},
      {"originals", contentFingerprint(record.originals).hex()},
      {"inventory", context_.repository.inventoryDigest(objectIdOf(task.item), version).hex()},
  };
  for (const DocumentRecord& document : record.documents)
    details[document.file] = document.sha512.hex();
  if (task.batch == record.batch) return append("dossier.filed", record.code, std::move(details));
  details = {{"batch", task.batch},
             {"version", std::to_string(version)},
             {"pages", std::to_string(pages)}};
  append("dossier.filed_before", record.code, std::move(details));
}

Outcome FilingLog::record(const DossierTask& task, Outcome::Kind kind, const ItemError* why) {
  Outcome outcome;
  outcome.batch = task.batch;
  outcome.folder = printable(task.item.folder);
  outcome.code = task.item.code;
  outcome.kind = kind;
  if (why) {
    outcome.cause = codeOf(why->cause);
    outcome.detail = why->item;
    if (!why->detail.empty()) outcome.detail += (outcome.detail.empty() ? "" : ": ") + why->detail;
  }
  outcome.pages = task.item.pageCount();
  outcome.at = context_.clock.now();
  context_.requireOurs();
  context_.catalogue.recordOutcome(outcome);
  return outcome;
}

}  // namespace sohoa
