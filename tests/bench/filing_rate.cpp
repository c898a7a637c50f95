// filing_rate FOLDER [ROUNDS]: what it takes to file a dossier of 5 MB durably, against what the
// disk and SHA-512 take by themselves. FOLDER must be on a real disk. In turn, ROUNDS (default 60)
// times each:
//   filed      the originals are hashed as a run does, then commit(), the catalogue's row, the
//   ledger's entry written    the same files, folders and inventories with one SHA-512 of each, the
//   same syncs in
//              the same company, a row's and an entry's bytes appended and synced
// and the syncs of either, counted.

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "core/durable.h"
#include "core/record.h"
#include "storage/catalogue/catalogue.h"
#include "storage/ledger/ledger.h"
#include "storage/repository/repository.h"

using namespace sohoa;
namespace fs = std::filesystem;

namespace {

const Time kAt = *parseIsoTime("2021-09-10T18:00:00Z");
constexpr int kPages = 4;

std::string noise(std::size_t size, unsigned seed) {
  std::string bytes(size, '\0');
  std::uint64_t state = seed + 1;
  for (char& c : bytes) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    c = static_cast<char>(state >> 56);
  }
  return bytes;
}

/// Four scanned pages and the PDF made of them, 5 MB together, text and ALTO.
struct Dossier {
  DossierRecord record;
  std::vector<ContentFile> files;
  std::vector<Catalogue::DocumentText> texts;
};

Dossier dossierOf(const fs::path& scans, int n) {
  fs::create_directories(scans);
  Dossier made;
  DossierRecord& record = made.record;
  record.code = fmt::format("000.00.12.H46-210910-{:04}", n);
  record.batch = "bench";
  record.receivedAt = record.filedAt = kAt;
  record.counted = true;
  DocumentRecord document;
  document.code = record.code + "-KQ1";
  document.file = "documents/" + document.code + ".pdf";
  document.title = "Quyết định";
  std::string words;
  for (int i = 0; i < 300; ++i)
    words += fmt::format("từ{} ", noise(1, static_cast<unsigned>(i * n))[0] & 63);
  for (int i = 0; i < kPages; ++i) {
    const std::string name = fmt::format("{:03}.jpg", i + 1);
    const std::string scan = noise(620'000, static_cast<unsigned>(n * 16 + i));
    std::ofstream(scans / name, std::ios::binary) << scan;
    record.originals.push_back({name, scan.size(), sha512(scan), 1, false, {}});
    made.files.push_back({"originals/" + name, scans / name, ""});
    made.files.push_back({fmt::format("text/{}/p{:04}.alto.xml", document.code, i + 1), "",
                          noise(45'000, static_cast<unsigned>(n * 16 + i + 4))});
    PageRecord page;
    page.number = page.originalPage = i + 1;
    page.original = name;
    document.pages.push_back(page);
  }
  const std::string pdf = noise(2'500'000, static_cast<unsigned>(n * 16 + 15));
  std::ofstream(scans / "signed.pdf", std::ios::binary) << pdf;
  document.sha512 = sha512(pdf);
  document.bytes = pdf.size();
  made.texts = {{document.code, std::vector<std::string>(kPages, words)}};
  made.files.push_back({document.file, scans / "signed.pdf", ""});
  made.files.push_back({"text/" + document.code + ".txt", "", words + words + words + words});
  record.documents = {document};
  made.files.push_back({"metadata.json", "", toJson(record)});
  return made;
}

std::atomic<int> syncs = 0;

void file(Repository& repository, Catalogue& catalogue, Ledger& ledger, const Dossier& dossier) {
  for (const ContentFile& content : dossier.files) {
    if (content.logicalPath.starts_with("originals/")) (void)sha512OfFile(content.source);
  }
  const std::string object = "urn:sohoa:dossier:" + dossier.record.code;
  const int version =
      repository.commit(object, 0, dossier.files, {kAt, "bench", "bench", "urn:sohoa:site"});
  catalogue.recordFiled(dossier.record, version, dossier.texts);
  LedgerEntry entry;
  entry.at = kAt;
  entry.actor = "sohoa run";
  entry.action = "dossier.filed";
  entry.subject = dossier.record.code;
  entry.details = {{"batch", "bench"}, {"object", object}, {"version", "1"}, {"pages", "4"}};
  ledger.append(std::move(entry));
}

void write(const fs::path& path, const std::string& bytes, bool append = false) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0644);
  if (fd < 0 || ::write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    std::abort();
  if (append && ::fsync(fd) != 0) std::abort();
  ::close(fd);
}

/// As the object lies on the disk, by the plainest means.
void writePlainly(const fs::path& folder, const fs::path& object, const fs::path& filedRoot,
                  const Dossier& dossier) {
  std::vector<fs::path> toSync;
  fs::create_directories(folder);
  for (const auto& entry : fs::recursive_directory_iterator(object)) {
    const fs::path to = folder / entry.path().lexically_relative(object);
    toSync.push_back(to);
    if (entry.is_directory()) {
      fs::create_directory(to);
      continue;
    }
    // Where a run copies a file, a file is read here, too; what it makes in memory is in memory.
    const std::string name = to.filename().string();
    std::string bytes = readFile(entry.path());
    (void)sha512(bytes);
    write(to, bytes);
  }
  // The folders of the hierarchy above, and those whose names changed when it was published.
  toSync.push_back(folder);
  for (fs::path above = object.parent_path();; above = above.parent_path()) {
    toSync.push_back(folder);
    if (above == filedRoot) break;
  }
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < toSync.size(); i = next++) {
      ++syncs;
      fs::is_directory(toSync[i]) ? syncFolder(toSync[i]) : syncFile(toSync[i]);
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (int i = 0; i < 7; ++i) helpers.emplace_back(work);
    work();
  }
  write(folder.parent_path() / "row", std::string(60'000, 'r'), true);
  write(folder.parent_path() / "entry", std::string(700, 'e'), true);
  syncs += 2;
  (void)dossier;
}

double middle(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const fs::path folder = argv[1];
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 60;
  fs::create_directories(folder);
  Repository::create(folder / "repository");
  std::atomic<int> ours = 0;
  auto repository =
      Repository::open(folder / "repository", [&](std::string_view operation, const fs::path&) {
        if (operation.starts_with("sync")) ++ours;
      });
  const auto catalogue = openSqliteCatalogue(folder / "catalogue.sqlite");
  Ledger ledger(folder / "ledger.jsonl");
  fs::create_directories(folder / "plain");
  std::vector<double> filed, written, ratios;
  for (int n = 0; n < rounds + 3; ++n) {
    const Dossier dossier = dossierOf(folder / "scans", n);
    const auto timed = [](const auto& work) {
      ::sync();  // what went before is not to be paid for here
      const auto start = std::chrono::steady_clock::now();
      work();
      return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
          .count();
    };
    const double a = timed([&] { file(repository, *catalogue, ledger, dossier); });
    const fs::path object =
        folder / "repository" / repository.objectPath("urn:sohoa:dossier:" + dossier.record.code);
    const double b = timed([&] {
      writePlainly(folder / "plain" / std::to_string(n), object, folder / "repository", dossier);
    });
    if (n < 3) {  // warm
      ours = 0;
      syncs = 0;
      continue;
    }
    filed.push_back(a);
    written.push_back(b);
  }
  double sumFiled = 0, sumWritten = 0;
  for (const double time : filed) sumFiled += time;
  for (const double time : written) sumWritten += time;
  fmt::print(
      "filed   median {:7.2f} ms  mean {:7.2f} ms  {} syncs of the repository, 1 of the catalogue, "
      "1 of the ledger\n",
      middle(filed), sumFiled / rounds, ours / rounds);
  fmt::print("written median {:7.2f} ms  mean {:7.2f} ms  {} syncs\n", middle(written),
             sumWritten / rounds, syncs / rounds);
  fmt::print("ratio   median {:7.2f}     mean {:7.2f}\n", middle(filed) / middle(written),
             sumFiled / sumWritten);
  fs::remove_all(folder);
}
