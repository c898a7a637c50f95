#include <map>
#include <vector>

#include "core/record.h"
#include "storage/filter_marks.h"
#include "storage/fold.h"
#include "storage/schema.h"
#include "storage/text_index.h"

namespace sohoa {
namespace {

/// Result code -> last day of its force, of every result that has a term.
std::map<std::string, std::string> termsOf(const Database& database) {
  std::map<std::string, std::string> terms;
  Statement filings(database,
                    "SELECT record FROM dossier JOIN filing ON filing.dossier = dossier.code AND "
                    "filing.version = dossier.version WHERE record LIKE '%\"until\"%'");
  filings.start();
  while (filings.next()) {
    for (const DocumentRecord& document : recordFromJson(filings.text(0)).documents) {
      if (!document.status || !document.status->until) continue;
      terms[document.code] = isoDay(*document.status->until);
    }
  }
  return terms;
}

struct Page {
  std::int64_t id = 0;
  std::string words;
  FilterValues filters;
};

std::vector<Page> pagesOf(const Database& database, const std::string& document) {
  Statement select(database,
                   "SELECT page.id, page.text, unit, procedure_code, dated_on, status FROM page "
                   "JOIN document ON document.id = page.document WHERE document.code = ?1");
  std::vector<Page> pages;
  select.start(document);
  while (select.next()) {
    pages.push_back({select.integer(0),
                     foldText(select.text(1)),
                     {select.text(2), select.text(3), select.text(4), select.text(5), ""}});
  }
  return pages;
}

}  // namespace

void addTerms(const Database& database) try {
  database.execute("ALTER TABLE document ADD COLUMN valid_until TEXT NOT NULL DEFAULT ''");
  const auto index = makeTextIndex(database);
  Statement update(database, "UPDATE document SET valid_until = ?2 WHERE code = ?1");
  for (const auto& [document, until] : termsOf(database)) {
    for (Page& page : pagesOf(database, document)) {
      index->remove(page.id, page.words, filterMarks(page.filters));
      page.filters.validUntil = until;
      index->add(page.id, page.words, filterMarks(page.filters));
    }
    update.run(document, until);
  }
} catch (const BatchError&) {
  throw;
} catch (const std::exception& error) {
  database.fail("migrate", error.what());
}

}  // namespace sohoa
