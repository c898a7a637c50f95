#include "pipeline/filing/dossier_version.h"

#include <fmt/core.h>

#include <algorithm>

#include "ocr/page/alto.h"
#include "pipeline/dossier/duplicate_pages.h"
#include "pipeline/intake/signed_scans.h"
#include "pipeline/results/result_status.h"
#include "storage/catalogue/dossier_object.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

std::string altoName(const std::string& documentCode, int page) {
  return fmt::format("text/{}/p{:04}.alto.xml", documentCode, page);
}

/// The reason of the first signed PDF that is filed as received.
std::string reasonReceived(const IntakeItem& item) {
  for (const IntakeFile& file : item.files) {
    if (file.asReceived() && !file.receivedBecause.empty()) return file.receivedBecause;
  }
  return std::string(received::kAsReceived);
}

}  // namespace

DossierRecord makeRecord(const FilingContext& context, const DossierTask& task,
                         const std::vector<DossierDocument>& planned,
                         std::vector<DocumentRecord> documents) {
  DossierRecord record;
  record.code = task.item.code;
  record.batch = task.batch;
  record.registered = context.catalogue.registered(task.item.code);
  record.originals = originalsOf(task.item);
  record.declaredPages = task.item.declaredPages;
  record.twins = twinsOf(task.item, readingsOf(task));
  record.documents = std::move(documents);
  record.decision = task.decision;
  const EngineInfo& engine = context.engine;
  record.provenance = {SOHOA_VERSION, engine.tesseract,   engine.leptonica,
                       engine.model,  engine.modelSha256, engine.cpu};
  record.receivedAt = task.receivedAt;
  record.filedAt = context.clock.now();
  // A document signed elsewhere was not digitised here: it is filed and shown, but not counted.
  const bool digitisedHere = std::any_of(
      record.documents.begin(), record.documents.end(),
      [](const DocumentRecord& document) { return document.origin == DocumentOrigin::digitised; });
  const bool hasResult = std::any_of(
      record.documents.begin(), record.documents.end(), [](const DocumentRecord& document) {
        return documentKindOfCode(document.code) == DocumentKind::result;
      });
  record.counted = digitisedHere && hasResult;
  record.retention = context.site.config().archive.retention;
  record.access = context.site.config().archive.access;
  if (const auto before = DossierObject(context.repository, task.item.code).record()) {
    keepStanding(*before, record);
  }
  if (!hasResult) record.notCountedReason = "no_result";
  if (!digitisedHere) record.notCountedReason = reasonReceived(task.item);
  // Without number or date the metadata are incomplete: the dossier counts once they are keyed in.
  const bool missing = std::any_of(planned.begin(), planned.end(), [](const DossierDocument& one) {
    return one.judged.missesByHand;
  });
  if (record.counted && missing) {
    record.counted = false;
    record.notCountedReason = codeOf(Cause::fieldByHand);
  }
  return record;
}

int commitVersion(const FilingContext& context, const DossierTask& task,
                  const std::vector<DossierDocument>& planned, const DossierRecord& record,
                  int head) {
  std::vector<ContentFile> files;
  for (const OriginalFile& original : record.originals) {
    files.push_back({"originals/" + original.name, task.scans / original.name, ""});
  }
  for (const DocumentRecord& document : record.documents) {
    if (document.origin == DocumentOrigin::asReceived && !document.pages.empty()) {
      files.push_back({document.file, task.scans / document.pages.front().original, ""});
      continue;
    }
    files.push_back({document.file, task.work / (document.code + ".pdf"), ""});
    const auto& plan =
        *std::find_if(planned.begin(), planned.end(),
                      [&](const DossierDocument& one) { return one.code == document.code; });
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < plan.pages.size(); ++i) {
      const PageAttempt& page = task.pages[plan.pages[i]];
      texts.push_back(page.reading ? plainText(*page.reading) + "\n" : std::string());
      if (!page.reading) continue;
      const AltoSource source = {page.file->original.name, page.file->original.sha512.hex(),
                                 page.index + 1};
      files.push_back({altoName(document.code, static_cast<int>(i) + 1), "",
                       altoXml(*page.reading, source, context.engine)});
    }
    files.push_back({"text/" + document.code + ".txt", "", joinPages(texts)});
  }
  files.push_back({"metadata.json", "", toJson(record)});
  VersionInfo info;
  info.created = record.filedAt;
  info.message = fmt::format("sohoa {}: batch {}", SOHOA_VERSION, record.batch);
  info.userName = task.decision ? task.decision->person : context.site.config().agency;
  info.userAddress = "urn:sohoa:site";
  return context.repository.commit(objectIdOf(task.item), head, files, info);
}

}  // namespace sohoa
