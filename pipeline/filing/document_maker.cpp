#include "pipeline/filing/document_maker.h"

#include <fmt/core.h>

#include <algorithm>

#include "pipeline/common/file_names.h"
#include "pipeline/filing/pdf_info.h"
#include "pipeline/intake/signed_scans.h"
#include "pipeline/site/agency_key.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// Whether exactly one new signature follows the first `earlier` ones, at level `wanted` or higher,
/// with the timestamps of that level after it.
bool endsWithOneOf(const std::vector<CheckJob::Signature>& found, std::size_t earlier,
                   SignatureLevel wanted) {
  // plus the archive timestamp
  const std::size_t expected = wanted == SignatureLevel::bLTA ? 2 : 1;
  if (found.size() != earlier + expected) return false;
  // At B-LT the security store follows the signature, which therefore does not cover the whole
  // file; at B-LTA the archive timestamp covers it.
  if (wanted != SignatureLevel::bLT && !found.back().whole) return false;
  return levelFromName(found[earlier].record.level).value_or(SignatureLevel::bB) >= wanted;
}

ItemError filingError(Stage stage, Cause cause, std::string item, std::string detail) {
  return {stage, cause, std::move(item), std::move(detail)};
}

}  // namespace

Result<DocumentRecord> DocumentMaker::make(const DossierTask& task,
                                           const DossierDocument& planned) const {
  if (planned.planned.asReceived) {
    return asReceived(task, task.item.files[planned.planned.files.front()], planned);
  }
  DocumentRecord document = describe(task, planned);
  const Result<Made> made = planned.planned.signedScan ? signedScan(task, planned, document)
                                                       : assemble(task, planned, document);
  if (!made) return made.error();
  if (const auto done = finish(task, document, *made); !done) return done.error();
  return document;
}

/// The document's record, as far as it is known before the document is made.
DocumentRecord DocumentMaker::describe(const DossierTask& task,
                                       const DossierDocument& planned) const {
  DocumentRecord document;
  document.code = planned.code;
  document.file = "documents/" + planned.code + ".pdf";
  document.fields = planned.judged.fields;
  document.attachments = planned.judged.attachments;
  // For a paper that was handed in, its name given by people says more than the text read on it.
  const std::string& called = planned.planned.label.name;
  document.title = titleOf(document.fields);
  const bool result = planned.planned.label.kind == DocumentKind::result;
  if (document.title.empty() || (!called.empty() && !result)) document.title = called;
  if (document.title.empty()) {
    const std::string procedure = registered(task).procedureName;
    document.title = procedure.empty() ? planned.code : procedure + " - " + planned.code;
  }
  const std::set<std::string> accepted = acceptedCauses(task);
  for (const std::size_t i : planned.pages) {
    const int number = static_cast<int>(document.pages.size()) + 1;
    document.pages.push_back(
        pageRecord(task.pages[i], number, context_.site.config().quality, accepted));
  }
  return document;
}

RegisterRow DocumentMaker::registered(const DossierTask& task) const {
  return context_.catalogue.registered(task.item.code).value_or(RegisterRow{});
}

Result<DocumentMaker::Made> DocumentMaker::assemble(const DossierTask& task,
                                                    const DossierDocument& planned,
                                                    const DocumentRecord& document) const {
  AssembleJob job;
  job.out = task.work / (document.code + ".unsigned.pdf");
  job.info = pdfInfo(document, task.item.code, registered(task), context_.site.config(),
                     context_.clock.now());
  for (const std::size_t i : planned.pages) {
    const PageAttempt& page = task.pages[i];
    job.pages.push_back({task.scans / page.file->original.name, page.index, task.readings[i]});
  }
  const auto assembled = context_.assistant.call(job, kAssembleLimit);
  if (assembled) return Made{job.out, 0};
  if (dispositionOf(assembled.error().cause) == Disposition::stop) return assembled.error();
  return filingError(
      Stage::packaging, Cause::documentNotWritten, document.code,
      fmt::format("{} {}", codeOf(assembled.error().cause), assembled.error().detail));
}

/// The person's signature covers every byte, so nothing can be repackaged: the text is stored next
/// to the document (text/), and the agency signs after the person.
Result<DocumentMaker::Made> DocumentMaker::signedScan(const DossierTask& task,
                                                      const DossierDocument& planned,
                                                      DocumentRecord& document) const {
  const IntakeFile& scan = task.item.files[planned.planned.files.front()];
  document.fields[std::string(kScanSigner)] = {.value = scan.scanSigner,
                                               .source = std::string(kFromSignature)};
  const fs::path file = task.scans / scan.original.name;
  const auto checked = check(file, Cause::pdfDamaged, true);
  if (!checked) return checked.error();
  if (!allHold(*checked)) {  // it was valid at intake
    return filingError(Stage::verification, Cause::signatureNotVerified,
                       printable(scan.original.name), checked->verdict);
  }
  return Made{file, checked->signatures.size()};
}

Result<void> DocumentMaker::finish(const DossierTask& task, DocumentRecord& document,
                                   const Made& made) const {
  const fs::path finished = task.work / (document.code + ".pdf");
  SignatureRequest request = agencySignature(context_.site, context_.clock.now());
  request.sync = false;  // the commit copies it durably
  const bool toSign = isSigned(documentKindOfCode(document.code));
  if (toSign) {
    const auto done = signPdf(made.file, finished, context_.key, request, context_.services);
    if (!done) return done.error();
  } else if (made.signatures > 0) {
    fs::copy_file(made.file, finished, fs::copy_options::overwrite_existing);
  } else {
    fs::rename(made.file, finished);
  }
  const bool isSignedNow = toSign || made.signatures > 0;
  const auto checked =
      check(finished, isSignedNow ? Cause::signatureNotVerified : Cause::documentNotWritten,
            request.level < SignatureLevel::bLT);
  if (!checked) return checked.error();
  const bool holds = !isSignedNow || checked->verdict == nameOf(Indication::totalPassed);
  if (!holds || (toSign && !endsWithOneOf(checked->signatures, made.signatures, request.level))) {
    return filingError(Stage::signing, Cause::signatureNotVerified, document.code,
                       checked->findings.empty() ? checked->verdict : checked->findings.front());
  }
  // pipeline/README.md, invariant 4: pages scanned = pages recognised + flagged = pages in the
  // signed file.
  if (checked->pages != static_cast<int>(document.pages.size())) {
    return filingError(Stage::packaging, Cause::pagesUnbalanced, document.code,
                       fmt::format("{} != {}", checked->pages, document.pages.size()));
  }
  if (isSignedNow) {
    document.verdict = checked->verdict;
    document.signature = checked->signatures[toSign ? made.signatures : 0].record;
  }
  document.sha512 = sha512OfFile(finished);
  document.bytes = fs::file_size(finished);
  return {};
}

Result<DocumentRecord> DocumentMaker::asReceived(const DossierTask& task, const IntakeFile& file,
                                                 const DossierDocument& planned) const {
  DocumentRecord document;
  document.code = planned.code;
  document.file = "documents/" + planned.code + ".pdf";
  const std::string& called = planned.planned.label.name;
  document.title = called.empty() ? file.original.name : called;
  document.origin = DocumentOrigin::asReceived;
  document.sha512 = file.original.sha512;
  document.bytes = file.original.bytes;
  const auto checked = check(task.scans / file.original.name, Cause::pdfDamaged);
  if (!checked) return checked.error();
  // Filed as it is, but not without a person who knows: a forged or altered result would stand in
  // the repository as if it had been looked at.
  const bool accepted = acceptedCauses(task).contains(std::string(codeOf(Cause::receivedNotValid)));
  if (checked->verdict == nameOf(Indication::totalFailed) && !accepted) {
    return filingError(Stage::verification, Cause::receivedNotValid, printable(file.original.name),
                       checked->findings.empty() ? "" : checked->findings.front());
  }
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

Result<CheckJob::Reply> DocumentMaker::check(const fs::path& file, Cause ifItFails,
                                             bool justMade) const {
  auto checked = context_.assistant.call(
      CheckJob{file, context_.site.trust(), context_.clock.now(), justMade}, kAssembleLimit);
  if (checked) return checked;
  const ItemError& error = checked.error();
  const bool died = error.cause == Cause::pageCrashed || error.cause == Cause::pageTimeout;
  if (!died) return checked;
  return filingError(Stage::verification, ifItFails, printable(file.filename().native()),
                     error.detail);
}

}  // namespace sohoa
