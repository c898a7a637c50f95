#include "tests/pipeline/filed_site.h"

#include <fmt/core.h>

#include "core/durable.h"
#include "pipeline/audit/audit.h"
#include "pipeline/intake/register_import.h"
#include "storage/catalogue/catalogue.h"
#include "storage/catalogue/catalogue_rebuild.h"
#include "storage/ledger/ledger.h"
#include "storage/register/register.h"
#include "storage/repository/repository.h"

namespace sohoa::test {
namespace {

Site make(const std::filesystem::path& folder, FiledSite::Keys keys) {
  Site::create(folder, keys == FiledSite::Keys::demonstration, SystemClock());
  return Site::open(folder);
}

const Time kFiled = *parseIsoTime("2021-09-10T18:00:00Z");

RegisterRow rowOf(int n) {
  RegisterRow row;
  row.dossierCode = FiledSite::code(n);
  row.procedureCode = "1.004199";
  row.procedureName = "Cấp giấy chứng nhận quyền sử dụng đất";
  row.unit = "Văn phòng Đăng ký đất đai";
  row.receivedOn = *parseIsoDay("2021-09-10");
  row.medium = "paper";
  row.applicant = "Nguyễn Văn A & <B>";
  row.resultNumber = "1234/QĐ-STNMT";
  return row;
}

}  // namespace

FiledSite::FiledSite(int dossiers, Keys keys) : site_(make(temporary_ / "site", keys)) {
  for (int n = 1; n <= dossiers; ++n) file(n);
}

std::string FiledSite::code(int n) { return fmt::format("000.00.12.H46-210910-{:04}", n); }

int FiledSite::file(int n, int results, const std::string& content) const {
  auto repository = Repository::open(site_.repository());
  DossierRecord record;
  record.code = code(n);
  record.batch = "lô";
  record.registered = rowOf(n);
  record.counted = true;
  record.receivedAt = kFiled - std::chrono::hours(8);
  record.filedAt = kFiled;
  std::vector<ContentFile> files;
  const std::string original = content + " quét";
  record.originals = {{"001.jpg", original.size(), sha512(original), results, false, {}}};
  files.push_back({"originals/001.jpg", "", original});
  for (int i = 1; i <= results; ++i) {
    DocumentRecord document;
    document.code = fmt::format("{}-KQ{}", record.code, i);
    document.file = "documents/" + document.code + ".pdf";
    document.title = "Quyết định về việc cấp giấy";
    const std::string bytes = fmt::format("{} {} {}", content, n, i);
    document.sha512 = sha512(bytes);
    document.bytes = bytes.size();
    document.verdict = "INDETERMINATE";  // it is no PDF
    document.fields["number"] = {"1234/QĐ-STNMT", "register"};
    document.fields["date"] = {"2021-09-09", "register"};
    document.signature = SignatureRecord{"CN=DEMO", "CN=DEMO CA", "01", "PAdES B-B", kFiled};
    PageRecord page;
    page.number = 1;
    page.original = "001.jpg";
    page.originalPage = i;
    document.pages = {page};
    files.push_back({document.file, "", bytes});
    files.push_back({"text/" + document.code + ".txt", "", "quyết định số " + std::to_string(n)});
    record.documents.push_back(document);
  }
  files.push_back({"metadata.json", "", toJson(record)});
  const int head = repository.head(object(n)).value_or(0);
  const int version = repository.commit(
      object(n), head, files, {kFiled, "sohoa: batch lô", "Sở thử nghiệm", "urn:sohoa:site"});
  std::vector<Catalogue::DocumentText> texts;
  for (const DocumentRecord& document : record.documents) {
    texts.push_back({document.code, {"quyết định số " + std::to_string(n)}});
  }
  const auto catalogue = site_.catalogue().open();
  catalogue->recordFiled(record, version, texts);
  LedgerEntry entry;
  entry.at = kFiled;
  entry.actor = "sohoa run";
  entry.action = "dossier.filed";
  entry.subject = record.code;
  entry.details = {{"batch", "lô"},
                   {"object", object(n)},
                   {"version", std::to_string(version)},
                   {"pages", "1"},
                   {"inventory", repository.inventoryDigest(object(n), version).hex()}};
  Ledger(site_.ledger()).append(entry);
  return version;
}

std::filesystem::path FiledSite::objectPlace(int n) const {
  return site_.repository() / Repository::open(site_.repository()).objectPath(object(n));
}

DossierRecord FiledSite::record(int n) const {
  const auto repository = Repository::open(site_.repository());
  return recordFromJson(slurp(*repository.find(object(n), "metadata.json")));
}

std::string FiledSite::auditErrors(bool full) const {
  std::string errors;
  audit(site_, full, [&](const AuditFinding& finding) {
    if (!finding.warning) errors += finding.code + " " + finding.where + " " + finding.what + "\n";
  });
  return errors;
}

}  // namespace sohoa::test
