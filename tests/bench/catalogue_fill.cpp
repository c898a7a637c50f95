// catalogue_fill WHERE COUNT [SECONDS]: fills a catalogue (a SQLite file or postgresql://…) with
// COUNT filed dossiers for catalogue_speed, through the room's own index code but in large
// transactions. Stops after SECONDS and goes on at the next call; exit code 3 while it is not full.
// See catalogue.sh.

#include <fmt/core.h>

#include <chrono>
#include <cstdlib>

#include "storage/catalogue/catalogue.h"
#include "storage/catalogue/search_filters.h"
#include "storage/catalogue/text_index.h"
#include "storage/database/database.h"
#include "storage/text/text_folding.h"
#include "tests/bench/documents.h"

using namespace sohoa;
using namespace sohoa::bench;

namespace {

constexpr std::int64_t kAtOnce = 10'000;

class Filler {
 public:
  explicit Filler(const Database& database)
      : database_(database),
        index_(makeTextIndex(database)),
        dossier_(database, "INSERT INTO dossier VALUES (?1, ?2, 1, 'bench', ?3, '', 1, ?4, ?4)"),
        filing_(database, "INSERT INTO filing (dossier, version, record) VALUES (?1, 1, ?2)"),
        document_(
            database,
            "INSERT INTO document (id, dossier, code, file, title, origin, verdict, sha512, unit, "
            "procedure_code, dated_on, status) VALUES (?1, ?2, ?3, ?4, ?5, 'digitised', "
            "'TOTAL-PASSED', '', ?6, ?7, ?8, ?9)"),
        page_(database,
              "INSERT INTO page (id, document, number, outcome, words, text) VALUES (?1, ?2, ?3, "
              "'recognised', 140, ?4)"),
        filed_(database, "UPDATE register SET filed = 1, counted = ?2, pages = 1 WHERE code = ?1") {
  }

  void add(std::int64_t n, const Document& made) {
    const DossierRecord& record = made.record;
    const RegisterRow& row = *record.registered;
    const DocumentRecord& document = record.documents.front();
    const std::string status(
        nameOf(document.status ? document.status->state : ResultState::inForce));
    dossier_.run(record.code, "urn:sohoa:dossier:" + record.code, record.counted,
                 isoUtc(record.filedAt));
    filing_.run(record.code, toJson(record));
    document_.run(n + 1, record.code, document.code, document.file, document.title, row.unit,
                  row.procedureCode, isoDay(*row.resultDate), status);
    const std::string marks =
        filterMarks({row.unit, row.procedureCode, isoDay(*row.resultDate), status, ""});
    const std::string description = document.title + "\n" + document.code + "\n" + row.applicant +
                                    "\n" + row.procedureName + "\n" + row.resultNumber;
    page(2 * n + 1, n + 1, 0, description, marks);
    page(2 * n + 2, n + 1, 1, made.text, marks);
    filed_.run(record.code, record.counted);
  }

 private:
  void page(std::int64_t id, std::int64_t document, int number, const std::string& text,
            const std::string& marks) {
    page_.run(id, document, number, text);
    index_->add(id, foldText(text), marks);
  }
  const Database& database_;
  std::unique_ptr<TextIndex> index_;
  Statement dossier_, filing_, document_, page_, filed_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string where = argv[1];
  const bool postgres = where.starts_with("postgresql://");
  const std::int64_t count = std::atoll(argv[2]);
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::seconds(argc > 3 ? std::atoi(argv[3]) : 1'000'000);
  const auto catalogue = postgres ? openPostgresCatalogue(where) : openSqliteCatalogue(where);
  const auto database = postgres ? openPostgres(where) : openSqlite(where);
  // Built at the end, in a tenth of the time.
  if (postgres)
    database->execute("DROP INDEX IF EXISTS page_index_words; SET synchronous_commit = off");
  if (!postgres) database->execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -500000");
  std::int64_t done = database->integer("SELECT count(*) FROM dossier");
  while (done < count && std::chrono::steady_clock::now() < end) {
    const std::int64_t upTo = std::min(done + kAtOnce, count);
    std::vector<Document> documents;
    for (std::int64_t n = done; n < upTo; ++n) documents.push_back(documentOf(n));
    std::vector<RegisterRow> rows;
    for (const Document& made : documents) rows.push_back(*made.record.registered);
    catalogue->importRegister(rows);
    transact(*database, [&] {
      Filler filler(*database);
      for (std::int64_t n = done; n < upTo; ++n)
        filler.add(n, documents[static_cast<std::size_t>(n - done)]);
    });
    done = upTo;
  }
  fmt::print("{} of {} dossiers\n", done, count);
  if (done < count) return 3;
  if (postgres) {
    database->execute(
        "SET maintenance_work_mem = '1GB'; CREATE INDEX page_index_words ON page_index USING gin "
        "(words, blocks)");
    database->execute("VACUUM ANALYZE");
  }
}
