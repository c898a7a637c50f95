// many_dossiers DIR N: a demonstration site in DIR with N small filed dossiers and their ledger,
// for measurements of audit, rebuild and copies (tests/bench/memory.sh). Put DIR on a disk in
// memory, where the syncs of 100,000 commits cost nothing. The catalogue is made by `sohoa
// catalogue rebuild`.

#include <fmt/core.h>

#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

#include "core/record.h"
#include "pipeline/site/site.h"
#include "storage/ledger/ledger.h"
#include "storage/repository/repository.h"

using namespace sohoa;

namespace {

const Time kAt = *parseIsoTime("2021-09-10T18:00:00Z");

std::string codeOf(int n) {
  return fmt::format("000.00.12.H46-{:02}{:02}{:02}-{:04}", 10 + n / 3360000, 1 + n / 10000 % 12,
                     1 + n / 120000 % 28, n % 10000);
}
std::string objectOf(int n) { return "urn:sohoa:dossier:" + codeOf(n); }

void file(Repository& repository, int n) {
  DossierRecord record;
  record.code = codeOf(n);
  record.batch = "bench";
  record.receivedAt = record.filedAt = kAt;
  record.counted = true;
  const std::string scan = fmt::format("scan {}", n), pdf = fmt::format("document {}", n);
  record.originals = {{"001.jpg", scan.size(), sha512(scan), 1, false, {}}};
  DocumentRecord document;
  document.code = record.code + "-KQ1";
  document.file = "documents/" + document.code + ".pdf";
  document.title = "Quyết định";
  document.sha512 = sha512(pdf);
  document.bytes = pdf.size();
  document.verdict = "INDETERMINATE";  // it is no PDF
  PageRecord page;
  page.number = page.originalPage = 1;
  page.original = "001.jpg";
  document.pages = {page};
  record.documents = {document};
  const std::string pageText = std::string(1500, 'x');
  repository.commit(
      objectOf(n), 0,
      {{"originals/001.jpg", "", scan},
       {document.file, "", pdf},
       {"text/" + document.code + ".txt", "", fmt::format("quyết định {} {}", n, pageText)},
       {"metadata.json", "", toJson(record)}},
      {kAt, "bench", "bench", "urn:sohoa:site"});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const int count = std::atoi(argv[2]);
  Site::create(argv[1], true, SystemClock());
  const Site site = Site::open(argv[1]);
  auto repository = Repository::open(site.repository());
  // A commit mostly waits for its syncs: many at a time.
  std::atomic<int> next = 0;
  std::vector<std::jthread> filers;
  for (int i = 0; i < 16; ++i) {
    filers.emplace_back([&] {
      for (int n = next++; n < count; n = next++) file(repository, n);
    });
  }
  filers.clear();
  Ledger ledger(site.ledger());
  for (int n = 0; n < count; ++n) {
    LedgerEntry entry;
    entry.at = kAt;
    entry.actor = "bench";
    entry.action = "dossier.filed";
    entry.subject = codeOf(n);
    entry.details = {{"batch", "bench"}, {"object", objectOf(n)}, {"version", "1"}, {"pages", "1"}};
    ledger.append(std::move(entry));
  }
}
