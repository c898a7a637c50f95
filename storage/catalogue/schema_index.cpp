#include <limits>
#include <map>
#include <vector>

#include "core/record.h"
#include "storage/catalogue/schema.h"
#include "storage/catalogue/search_filters.h"
#include "storage/catalogue/text_index.h"
#include "storage/text/text_folding.h"

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

/// The rows of selectOf().
std::vector<Page> pagesOf(Statement& select) {
  std::vector<Page> pages;
  while (select.next()) {
    pages.push_back(
        {select.integer(0),
         foldText(select.text(1)),
         {select.text(2), select.text(3), select.text(4), select.text(5), select.text(6)}});
  }
  return pages;
}

std::string selectOf(const std::string& until) {
  return "SELECT page.id, page.text, unit, procedure_code, dated_on, status, " + until +
         " FROM page JOIN document ON document.id = page.document ";
}

}  // namespace

void indexPages(const Database& database, const std::string& until) {
  constexpr int kAtOnce = 2000;  // PostgreSQL gives results whole
  const auto index = makeTextIndex(database);
  Statement select(database, selectOf(until) + "WHERE page.id > ?1 ORDER BY page.id LIMIT ?2");
  std::vector<Page> pages;
  std::int64_t done = std::numeric_limits<std::int64_t>::min();
  do {
    select.start(done, kAtOnce);
    pages = pagesOf(select);
    for (const Page& page : pages) index->add(page.id, page.words, filterMarks(page.filters));
    if (!pages.empty()) done = pages.back().id;
  } while (pages.size() == kAtOnce);
}

void addTerms(const Database& database) try {
  database.execute("ALTER TABLE document ADD COLUMN valid_until TEXT NOT NULL DEFAULT ''");
  const auto index = makeTextIndex(database);
  Statement select(database, selectOf("''") + "WHERE document.code = ?1");
  Statement update(database, "UPDATE document SET valid_until = ?2 WHERE code = ?1");
  for (const auto& [document, until] : termsOf(database)) {
    select.start(document);
    for (Page& page : pagesOf(select)) {
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
