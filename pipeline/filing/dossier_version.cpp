#include "pipeline/filing/dossier_version.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/durable.h"
#include "ocr/page/alto.h"
#include "pipeline/dossier/duplicate_pages.h"
#include "pipeline/intake/signed_scans.h"
#include "pipeline/results/result_status.h"
#include "storage/catalogue/catalogue_rebuild.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

std::string altoName(const std::string& documentCode, int page) {
  return fmt::format("text/{}/p{:04}.alto.xml", documentCode, page);
}

/// Of the first of its signed PDFs that is filed as received.
std::string whyReceived(const IntakeItem& item) {
  for (const IntakeFile& file : item.files) {
    if (file.asReceived() && !file.receivedBecause.empty()) return file.receivedBecause;
  }
  return std::string(received::kAsReceived);
}

}  // namespace

DossierRecord readRecord(const fs::path& metadata) try {
  return recordFromJson(readFile(metadata));
} catch (const std::runtime_error& error) {  // fs::filesystem_error among them
  throw BatchError(Cause::repositoryDamaged, metadata.string() + ": " + error.what());
}

DossierRecord makeRecord(const FilingParts& parts, const Docket& docket,
                         const std::vector<DossierDocument>& planned,
                         std::vector<DocumentRecord> documents) {
  DossierRecord record;
  record.code = docket.item.code;
  record.batch = docket.batch;
  record.registered = parts.catalogue.registered(docket.item.code);
  record.originals = originalsOf(docket.item);
  record.declaredPages = docket.item.declaredPages;
  record.twins = twinsOf(docket.item, readingsOf(docket));
  record.documents = std::move(documents);
  record.decision = docket.decision;
  const EngineInfo& engine = parts.engine;
  record.provenance = {SOHOA_VERSION, engine.tesseract,   engine.leptonica,
                       engine.model,  engine.modelSha256, engine.cpu};
  record.receivedAt = docket.receivedAt;
  record.filedAt = parts.clock.now();
  // What somebody else signed was not digitised here; it is filed, and shown, but not counted.
  const bool digitisedHere = std::any_of(
      record.documents.begin(), record.documents.end(),
      [](const DocumentRecord& document) { return document.origin == DocumentOrigin::digitised; });
  const bool hasResult = std::any_of(
      record.documents.begin(), record.documents.end(), [](const DocumentRecord& document) {
        return documentKindOfCode(document.code) == DocumentKind::result;
      });
  record.counted = digitisedHere && hasResult;
  record.retention = parts.site.config().retention;
  record.access = parts.site.config().access;
  if (const auto before = parts.repository.find(objectIdOf(docket.item), "metadata.json")) {
    keepStanding(readRecord(*before), record);
  }
  if (!hasResult) record.notCountedReason = "no_result";
  if (!digitisedHere) record.notCountedReason = whyReceived(docket.item);
  // Without the number or date the metadata are not complete: counted once they are keyed in.
  const bool missing = std::any_of(planned.begin(), planned.end(), [](const DossierDocument& one) {
    return one.judged.missesByHand;
  });
  if (record.counted && missing) {
    record.counted = false;
    record.notCountedReason = codeOf(Cause::fieldByHand);
  }
  return record;
}

int commitVersion(const FilingParts& parts, const Docket& docket,
                  const std::vector<DossierDocument>& planned, const DossierRecord& record,
                  int head) {
  std::vector<ContentFile> files;
  for (const OriginalFile& original : record.originals) {
    files.push_back({"originals/" + original.name, docket.scans / original.name, ""});
  }
  for (const DocumentRecord& document : record.documents) {
    if (document.origin == DocumentOrigin::asReceived && !document.pages.empty()) {
      files.push_back({document.file, docket.scans / document.pages.front().original, ""});
      continue;
    }
    files.push_back({document.file, docket.work / (document.code + ".pdf"), ""});
    const auto& plan =
        *std::find_if(planned.begin(), planned.end(),
                      [&](const DossierDocument& one) { return one.code == document.code; });
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < plan.pages.size(); ++i) {
      const PageAttempt& page = docket.pages[plan.pages[i]];
      texts.push_back(page.reading ? plainText(*page.reading) + "\n" : std::string());
      if (!page.reading) continue;
      const AltoSource source = {page.file->original.name, page.file->original.sha512.hex(),
                                 page.index + 1};
      files.push_back({altoName(document.code, static_cast<int>(i) + 1), "",
                       altoXml(*page.reading, source, parts.engine)});
    }
    files.push_back({"text/" + document.code + ".txt", "", joinPages(texts)});
  }
  files.push_back({"metadata.json", "", toJson(record)});
  VersionInfo info;
  info.created = record.filedAt;
  info.message = fmt::format("sohoa {}: batch {}", SOHOA_VERSION, record.batch);
  info.userName = docket.decision ? docket.decision->person : parts.site.config().agency;
  info.userAddress = "urn:sohoa:site";
  return parts.repository.commit(objectIdOf(docket.item), head, files, info);
}

}  // namespace sohoa
