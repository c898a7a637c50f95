#include "pipeline/filing_desk.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/dossier_code.h"
#include "core/durable.h"
#include "ocr/alto.h"
#include "pipeline/agency_key.h"
#include "pipeline/names.h"
#include "pipeline/page_twins.h"
#include "pipeline/pdf_info.h"
#include "pipeline/result_status.h"
#include "pipeline/shelves.h"
#include "pipeline/waiting.h"
#include "storage/rebuild.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kAssembleLimit{600};
constexpr std::string_view kActor = "sohoa run";

std::string objectIdOf(const IntakeItem& item) {
  return std::string(kDossierObjectPrefix) + item.code;
}

std::vector<OriginalFile> originalsOf(const IntakeItem& item) {
  std::vector<OriginalFile> originals;
  for (const IntakeFile& file : item.files) originals.push_back(file.original);
  return originals;
}

/// One signature of the level wanted at least, and what belongs to that level after it.
bool isOneSignatureOf(const std::vector<CheckJob::Signature>& found, SignatureLevel wanted) {
  const std::size_t expected = wanted == SignatureLevel::bLTA ? 2 : 1;  // the archive timestamp
  if (found.size() != expected) return false;
  // The security store of B-LT follows the signature; the archive timestamp covers it.
  if (wanted != SignatureLevel::bLT && !found.back().whole) return false;
  return levelFromName(found.front().record.level).value_or(SignatureLevel::bB) >= wanted;
}

DossierRecord readRecord(const fs::path& metadata) try {
  return recordFromJson(readFile(metadata));
} catch (const std::runtime_error& error) {  // fs::filesystem_error among them
  throw BatchError(Cause::repositoryDamaged, metadata.string() + ": " + error.what());
}

std::set<std::string> acceptedCauses(const Docket& docket) {
  if (!docket.decision) return {};
  return {docket.decision->causes.begin(), docket.decision->causes.end()};
}

ItemError filingError(Stage stage, Cause cause, std::string item, std::string detail = {}) {
  return {stage, cause, std::move(item), std::move(detail)};
}

std::vector<PageReading> readingsOf(const Docket& docket) {
  std::vector<PageReading> readings;
  for (const PageAttempt& page : docket.pages) {
    readings.push_back(page.reading ? *page.reading : PageReading{});
  }
  return readings;
}

std::string altoName(const std::string& documentCode, int page) {
  return fmt::format("text/{}/p{:04}.alto.xml", documentCode, page);
}

}  // namespace

FilingDesk::FilingDesk(Parts parts, std::set<std::string> known)
    : parts_(std::move(parts)), known_(std::move(known)) {}

std::string FilingDesk::ledgerKey(const LedgerEntry& entry) {
  const auto detail = [&](const char* name) {
    const auto found = entry.details.find(name);
    return found == entry.details.end() ? std::string() : found->second;
  };
  return entry.action + '\0' + entry.subject + '\0' + detail("batch") + '\0' + detail("version") + '\0' +
         detail("cause");
}

void FilingDesk::log(const std::string& action, const std::string& subject,
                     std::map<std::string, std::string> details) {
  LedgerEntry entry;
  entry.at = parts_.clock.now();
  entry.actor = kActor;
  entry.action = action;
  entry.subject = subject;
  entry.details = std::move(details);
  if (!known_.insert(ledgerKey(entry)).second) return;
  requireOurs();
  parts_.ledger.append(std::move(entry));
}

FilingDesk::Presence FilingDesk::presence(const IntakeItem& item) const {
  const auto metadata = parts_.repository.find(objectIdOf(item), "metadata.json");
  if (!metadata) return Presence::none;
  const DossierRecord filed = readRecord(*metadata);
  return contentFingerprint(filed.originals) == contentFingerprint(originalsOf(item))
             ? Presence::same
             : Presence::different;
}

Result<std::vector<DossierDocument>> FilingDesk::documentsOf(const Docket& docket) const {
  return dossierDocuments(docket.item, docket.pages,
                          parts_.catalogue.registered(docket.item.code), docket.keyed);
}

std::vector<ItemError> FilingDesk::doubts(const Docket& docket) const {
  if (docket.pages.empty() || presence(docket.item) == Presence::same) return {};
  const auto documents = documentsOf(docket);
  if (!documents) return {documents.error()};
  std::vector<ItemError> problems;
  for (const DossierDocument& document : *documents) {
    problems.insert(problems.end(), document.judged.problems.begin(), document.judged.problems.end());
  }
  const std::set<std::string> accepted = acceptedCauses(docket);
  std::erase_if(problems, [&](const ItemError& problem) {
    const bool later = problem.cause == Cause::fieldByHand && parts_.site.config().fileByHand;
    return later || accepted.contains(std::string(codeOf(problem.cause)));
  });
  return problems;
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
      (void)parts_.assistant.call(
          CropJob{docket.scans / page.file->original.name, page.index, found.box,
                  page.reading ? page.reading->rotation : 0, docket.work / "crops" / (name + ".png")},
          kAssembleLimit);
    }
  }
}

Result<Outcome> FilingDesk::file(const Docket& docket) {
  const std::string objectId = objectIdOf(docket.item);
  const Presence before = presence(docket.item);
  if (before == Presence::different &&
      !acceptedCauses(docket).contains(std::string(codeOf(Cause::dossierFiledDifferently)))) {
    return filingError(Stage::filing, Cause::dossierFiledDifferently, docket.item.code);
  }
  if (before == Presence::same) {
    const DossierRecord record = readRecord(*parts_.repository.find(objectId, "metadata.json"));
    enter(docket, record, *parts_.repository.head(objectId));
    return this->record(docket, Outcome::Kind::filed, nullptr);
  }
  if (const auto unchanged = requireUnchanged(docket); !unchanged) return unchanged.error();

  const auto planned = documentsOf(docket);
  if (!planned) return planned.error();
  std::vector<DocumentRecord> documents;
  for (const DossierDocument& one : *planned) {
    auto document = one.planned.asReceived
                        ? asReceived(docket, docket.item.files[one.planned.files.front()], one)
                        : digitise(docket, one);
    if (!document) return document.error();
    documents.push_back(std::move(*document));
  }
  const DossierRecord record = makeRecord(docket, *planned, std::move(documents));
  requireOurs();
  const int version = commit(docket, *planned, record, parts_.repository.head(objectId).value_or(0));
  enter(docket, record, version);
  return this->record(docket, Outcome::Kind::filed, nullptr);
}

/// Counts and hashes were fixed when the batch was taken in; what is filed must be just that.
Result<void> FilingDesk::requireUnchanged(const Docket& docket) const {
  for (const IntakeFile& file : docket.item.files) {
    const fs::path path = docket.scans / file.original.name;
    std::error_code error;
    const bool same = fs::file_size(path, error) == file.original.bytes && !error &&
                      sha512OfFile(path) == file.original.sha512;
    if (!same) return filingError(Stage::filing, Cause::fileChanged, printable(file.original.name));
  }
  return {};
}

Result<DocumentRecord> FilingDesk::digitise(const Docket& docket, const DossierDocument& planned) {
  const std::string& documentCode = planned.code;
  const RegisterRow row = parts_.catalogue.registered(docket.item.code).value_or(RegisterRow{});
  const Config& config = parts_.site.config();
  const Time now = parts_.clock.now();

  DocumentRecord document;
  document.code = documentCode;
  document.file = "documents/" + documentCode + ".pdf";
  document.fields = planned.judged.fields;
  document.attachments = planned.judged.attachments;
  // What people call a paper that was handed in says more than what is read on it.
  const std::string& called = planned.planned.label.name;
  document.title = titleOf(document.fields);
  const bool result = planned.planned.label.kind == DocumentKind::result;
  if (document.title.empty() || (!called.empty() && !result))
    document.title = called;
  if (document.title.empty())
    document.title = row.procedureName.empty() ? documentCode : row.procedureName + " - " + documentCode;

  AssembleJob job;
  job.out = docket.work / (documentCode + ".unsigned.pdf");
  job.info = pdfInfo(document, docket.item.code, row, config, now);
  const std::set<std::string> accepted = acceptedCauses(docket);
  for (const std::size_t i : planned.pages) {
    const PageAttempt& page = docket.pages[i];
    job.pages.push_back({docket.scans / page.file->original.name, page.index, docket.readings[i]});
    const int number = static_cast<int>(document.pages.size()) + 1;
    document.pages.push_back(pageRecord(page, number, config, accepted));
  }
  const auto assembled = parts_.assistant.call(job, kAssembleLimit);
  if (!assembled) {
    if (dispositionOf(assembled.error().cause) == Disposition::stop) return assembled.error();
    return filingError(Stage::packaging, Cause::documentNotWritten, documentCode,
                       fmt::format("{} {}", codeOf(assembled.error().cause), assembled.error().detail));
  }

  if (const auto done = finish(docket, document, job.out); !done) return done.error();
  return document;
}

Result<void> FilingDesk::finish(const Docket& docket, DocumentRecord& document, const fs::path& made) {
  const fs::path finished = docket.work / (document.code + ".pdf");
  SignatureRequest request = agencySignature(parts_.site, parts_.clock.now());
  request.sync = false;  // committing copies it durably
  const bool toSign = isSigned(documentKindOfCode(document.code));
  if (toSign) {
    const auto done = signPdf(made, finished, parts_.key, request, parts_.services);
    if (!done) return done.error();
  } else {
    fs::rename(made, finished);
  }
  const auto checked = check(finished, toSign ? Cause::signatureNotVerified : Cause::documentNotWritten,
                             request.level < SignatureLevel::bLT);
  if (!checked) return checked.error();
  if (toSign && (checked->verdict != nameOf(Indication::totalPassed) ||
                 !isOneSignatureOf(checked->signatures, request.level))) {
    return filingError(Stage::signing, Cause::signatureNotVerified, document.code,
                       checked->findings.empty() ? checked->verdict : checked->findings.front());
  }
  // Invariant 1: pages scanned = pages recognised + flagged = pages in the signed file.
  if (checked->pages != static_cast<int>(document.pages.size())) {
    return filingError(Stage::packaging, Cause::pagesUnbalanced, document.code,
                       fmt::format("{} != {}", checked->pages, document.pages.size()));
  }
  if (toSign) {
    document.verdict = checked->verdict;
    document.signature = checked->signatures.front().record;
  }
  document.sha512 = sha512OfFile(finished);
  document.bytes = fs::file_size(finished);
  return {};
}

Result<DocumentRecord> FilingDesk::asReceived(const Docket& docket, const IntakeFile& file,
                                              const DossierDocument& planned) {
  DocumentRecord document;
  document.code = planned.code;
  document.file = "documents/" + planned.code + ".pdf";
  const std::string& called = planned.planned.label.name;
  document.title = called.empty() ? file.original.name : called;
  document.origin = DocumentOrigin::asReceived;
  document.sha512 = file.original.sha512;
  document.bytes = file.original.bytes;
  const auto checked = check(docket.scans / file.original.name, Cause::pdfDamaged);
  if (!checked) return checked.error();
  document.verdict = checked->verdict;
  if (!checked->signatures.empty()) document.signature = checked->signatures.front().record;
  for (int i = 0; i < file.original.pages; ++i) {
    PageRecord page;
    page.number = i + 1;
    page.original = file.original.name;
    page.originalPage = i + 1;
    page.outcome = PageOutcome::flagged;
    page.flags = {"as_received"};
    document.pages.push_back(std::move(page));
  }
  return document;
}

Result<CheckJob::Reply> FilingDesk::check(const fs::path& file, Cause ifItFails, bool justMade) {
  auto checked =
      parts_.assistant.call(CheckJob{file, parts_.site.trust(), parts_.clock.now(), justMade}, kAssembleLimit);
  if (checked) return checked;
  const ItemError& error = checked.error();
  const bool died = error.cause == Cause::pageCrashed || error.cause == Cause::pageTimeout;
  if (!died) return checked;
  return filingError(Stage::verification, ifItFails, printable(file.filename().native()), error.detail);
}

DossierRecord FilingDesk::makeRecord(const Docket& docket,
                                     const std::vector<DossierDocument>& planned,
                                     std::vector<DocumentRecord> documents) const {
  DossierRecord record;
  record.code = docket.item.code;
  record.batch = docket.batch;
  record.registered = parts_.catalogue.registered(docket.item.code);
  record.originals = originalsOf(docket.item);
  record.declaredPages = docket.item.declaredPages;
  record.twins = twinsOf(docket.item, readingsOf(docket));
  record.documents = std::move(documents);
  record.decision = docket.decision;
  const EngineInfo& engine = parts_.engine;
  record.provenance = {SOHOA_VERSION,  engine.tesseract,   engine.leptonica,
                       engine.model,   engine.modelSha256, engine.cpu};
  record.receivedAt = docket.receivedAt;
  record.filedAt = parts_.clock.now();
  // What somebody else signed was not digitised here; it is filed, and shown, but not counted.
  const bool digitisedHere = std::any_of(
      record.documents.begin(), record.documents.end(),
      [](const DocumentRecord& document) { return document.origin == DocumentOrigin::digitised; });
  const bool hasResult = std::any_of(
      record.documents.begin(), record.documents.end(),
      [](const DocumentRecord& document) {
        return documentKindOfCode(document.code) == DocumentKind::result;
      });
  record.counted = digitisedHere && hasResult;
  record.retention = parts_.site.config().retention;
  record.access = parts_.site.config().access;
  if (const auto before = parts_.repository.find(objectIdOf(docket.item), "metadata.json")) {
    keepStanding(readRecord(*before), record);
  }
  if (!hasResult) record.notCountedReason = "no_result";
  if (!digitisedHere) record.notCountedReason = "as_received";
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

int FilingDesk::commit(const Docket& docket, const std::vector<DossierDocument>& planned,
                       const DossierRecord& record, int head) {
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
    const auto& plan = *std::find_if(planned.begin(), planned.end(), [&](const DossierDocument& one) {
      return one.code == document.code;
    });
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < plan.pages.size(); ++i) {
      const PageAttempt& page = docket.pages[plan.pages[i]];
      texts.push_back(page.reading ? plainText(*page.reading) + "\n" : std::string());
      if (!page.reading) continue;
      const AltoSource source = {page.file->original.name, page.file->original.sha512.hex(), page.index + 1};
      files.push_back({altoName(document.code, static_cast<int>(i) + 1), "",
                       altoXml(*page.reading, source, parts_.engine)});
    }
    files.push_back({"text/" + document.code + ".txt", "", joinPages(texts)});
  }
  files.push_back({"metadata.json", "", toJson(record)});
  VersionInfo info;
  info.created = record.filedAt;
  info.message = fmt::format("sohoa {}: batch {}", SOHOA_VERSION, record.batch);
  info.userName = docket.decision ? docket.decision->person : parts_.site.config().agency;
  info.userAddress = "urn:sohoa:site";
  return parts_.repository.commit(objectIdOf(docket.item), head, files, info);
}

/// Catalogue row, then ledger entry: in this order, so that a row never names what is not on disk
/// and the ledger never says more than the catalogue knows.
void FilingDesk::enter(const Docket& docket, const DossierRecord& record, int version) {
  const auto filed = parts_.catalogue.filed(record.code);
  if (!filed || filed->version != version) {
    std::vector<Catalogue::DocumentText> texts;
    for (const DocumentRecord& document : record.documents) {
      const auto file =
          parts_.repository.find(objectIdOf(docket.item), "text/" + document.code + ".txt");
      if (file) texts.push_back({document.code, splitPages(readFile(*file), document.pages.size())});
    }
    requireOurs();
    parts_.catalogue.recordFiled(record, version, texts);
  }
  int pages = 0;
  for (const DocumentRecord& document : record.documents) pages += static_cast<int>(document.pages.size());
  std::map<std::string, std::string> details = {
      {"batch", record.batch},
      {"object", objectIdOf(docket.item)},
      {"version", std::to_string(version)},
      {"pages", std::to_string(pages)},
      {"originals", contentFingerprint(record.originals).hex()},
      {"inventory", parts_.repository.inventoryDigest(objectIdOf(docket.item), version).hex()},
  };
  for (const DocumentRecord& document : record.documents) details[document.file] = document.sha512.hex();
  if (docket.batch == record.batch) return log("dossier.filed", record.code, std::move(details));
  details = {{"batch", docket.batch}, {"version", std::to_string(version)}, {"pages", std::to_string(pages)}};
  log("dossier.filed_before", record.code, std::move(details));
}

Outcome FilingDesk::record(const Docket& docket, Outcome::Kind kind, const ItemError* why) {
  Outcome outcome;
  outcome.batch = docket.batch;
  outcome.folder = printable(docket.item.folder);
  outcome.code = docket.item.code;
  outcome.kind = kind;
  if (why) {
    outcome.cause = codeOf(why->cause);
    outcome.detail = why->item;
    if (!why->detail.empty()) outcome.detail += (outcome.detail.empty() ? "" : ": ") + why->detail;
  }
  outcome.pages = docket.item.pageCount();
  outcome.at = parts_.clock.now();
  requireOurs();
  parts_.catalogue.recordOutcome(outcome);
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
  log("dossier.waiting", docket.item.code,
      {{"batch", docket.batch}, {"folder", outcome.folder}, {"cause", outcome.cause},
       {"detail", outcome.detail}});
  return outcome;
}

Outcome FilingDesk::putAside(const Docket& docket, const std::vector<ItemError>& problems) {
  requireOurs();
  const auto fatal = std::find_if(problems.begin(), problems.end(), [](const ItemError& problem) {
    return dispositionOf(problem.cause) == Disposition::quarantine;
  });
  if (fatal != problems.end()) return quarantine(docket, *fatal);
  const bool fromReview = docket.scans.parent_path() == reviewFolder(parts_.site, docket.item.code);
  if (!fromReview && fs::exists(reviewFolder(parts_.site, docket.item.code))) {
    return quarantine(docket, filingError(Stage::gate, Cause::dossierPending, docket.item.code));
  }
  return hold(docket, problems);
}

void FilingDesk::clear(const Docket& docket) {
  requireOurs();
  moveToProcessed(parts_.site, docket.scans, docket.batch, docket.item.folder);
  if (docket.decision) {
    clearReview(parts_.site, docket.item.code);
  } else {
    fs::remove_all(docket.work);
  }
}

Outcome FilingDesk::hold(const Docket& docket, const std::vector<ItemError>& problems) {
  unmarkWaiting(docket.work);
  const Outcome outcome = record(docket, Outcome::Kind::held, &problems.front());
  log("dossier.held", docket.item.code,
      {{"batch", docket.batch}, {"folder", outcome.folder}, {"cause", outcome.cause},
       {"detail", outcome.detail}, {"pages", std::to_string(outcome.pages)}});
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
  requireOurs();
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
  const Outcome outcome = record(docket, Outcome::Kind::quarantined, &why);
  log("dossier.quarantined", docket.item.code,
      {{"batch", docket.batch}, {"folder", outcome.folder}, {"cause", outcome.cause},
       {"detail", outcome.detail}, {"pages", std::to_string(outcome.pages)}});
  requireOurs();
  moveToQuarantine(parts_.site, docket.scans, docket.batch, docket.item.folder, why);
  if (docket.decision) clearReview(parts_.site, docket.item.code);
  return outcome;
}

}  // namespace sohoa
