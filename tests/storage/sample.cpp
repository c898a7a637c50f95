#include "tests/storage/sample.h"

#include <fmt/core.h>

#include <set>

#include "storage/catalogue/catalogue_rebuild.h"
#include "storage/catalogue/dossier_object.h"

namespace sohoa::test {

Day day(int year, unsigned month, unsigned dayOfMonth) {
  return Day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{dayOfMonth}};
}

Time at(int second) {
  return std::chrono::sys_days{day(2021, 9, 10)} + std::chrono::hours{1} +
         std::chrono::seconds{second};
}

std::string codeOf(int n) { return fmt::format("000.00.12.H46-210910-{:04}", n); }

RegisterRow registerRow(int n, const std::string& unit) {
  RegisterRow row;
  row.dossierCode = codeOf(n);
  row.procedureCode = "1.004193";
  row.procedureName = "Đăng ký biến động quyền sử dụng đất";
  row.unit = unit;
  row.receivedOn = day(2021, 9, 10);
  row.medium = "paper";
  row.applicant = "Nguyễn Thị Hòa";
  row.resultNumber = fmt::format("{}/QĐ-STNMT", 1000 + n);
  return row;
}

DossierRecord dossier(int n, bool counted) {
  DossierRecord record;
  record.code = codeOf(n);
  record.batch = "2021-09-10";
  record.registered = registerRow(n);
  record.originals = {{"001.jpg", 12, sha512("scan " + std::to_string(n)), 2, false, {}}};
  DocumentRecord document;
  document.code = record.code + "-KQ1";
  document.file = "documents/" + document.code + ".pdf";
  document.title = "Quyết định về việc giao đất";
  document.sha512 = sha512("pdf " + std::to_string(n));
  document.bytes = 6;
  for (int page = 1; page <= 2; ++page) {
    PageRecord p;
    p.number = page;
    p.original = "001.jpg";
    p.originalPage = page;
    p.words = 10;
    document.pages.push_back(p);
  }
  document.fields["number"] = {fmt::format("{}/QĐ-STNMT", 1000 + n), "register"};
  document.verdict = "TOTAL-PASSED";
  record.documents = {document};
  record.counted = counted;
  if (!counted) record.notCountedReason = "paper_only";
  record.receivedAt = at(0);
  record.filedAt = at(60);
  return record;
}

std::vector<Catalogue::DocumentText> textsOf(const DossierRecord& record,
                                             const std::vector<std::string>& pages) {
  return {{record.documents.at(0).code, pages}};
}

VersionInfo someone(const std::string& message) {
  return {at(0), message, "sohoa run", "urn:sohoa:agency:H46"};
}

ContentFile content(const std::string& logicalPath, const std::string& bytes) {
  return {logicalPath, {}, bytes};
}

std::vector<ContentFile> contentOf(const DossierRecord& record,
                                   const std::vector<std::string>& pages) {
  const std::string& code = record.documents.at(0).code;
  return {content("documents/" + code + ".pdf", "pdf of " + code),
          content("originals/001.jpg", "scan of " + code),
          content("text/" + code + ".txt", joinPages(pages)),
          content("metadata.json", toJson(record))};
}

std::vector<std::string> codesOf(const std::vector<OcflFinding>& findings) {
  std::set<std::string> codes;
  for (const OcflFinding& finding : findings) codes.insert(finding.code);
  return {codes.begin(), codes.end()};
}

std::vector<std::string> errorsOf(const std::vector<OcflFinding>& findings) {
  std::vector<std::string> errors;
  for (const OcflFinding& finding : findings) {
    if (!finding.warning()) {
      errors.push_back(finding.code + " " + finding.where + ": " + finding.what);
    }
  }
  return errors;
}

}  // namespace sohoa::test
