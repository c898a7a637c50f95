#include <algorithm>
#include <map>

#include "storage/catalogue_sqlite.h"
#include "storage/query.h"

namespace sohoa {
namespace {

/// Of a broad query's pages only the newest are looked at, so that the answer comes in
/// milliseconds: up to kRanked that match are ranked, out of up to kExamined.
constexpr int kRanked = 300, kExamined = 3000;

struct Found {
  SearchHit hit;
  double score = 0, description = 0;
  std::int64_t id = 0;
};

}  // namespace

std::vector<SearchHit> SqliteCatalogue::search(const std::string& query, int limit) const {
  const auto terms = parseQuery(query);
  if (terms.empty() || limit <= 0) return {};
  Statement candidates(database_,
                       "SELECT rowid FROM page_index WHERE page_index MATCH ? ORDER BY rowid DESC");
  Statement page(database_,
                 "SELECT document.dossier, document.code, document.title, page.number, page.text "
                 "FROM page JOIN document ON document.id = page.document WHERE page.id = ?");
  std::map<std::string, Found> documents;
  candidates.start(ftsExpression(terms));
  int ranked = 0;
  for (int examined = 0; examined < kExamined && ranked < kRanked && candidates.next();
       ++examined) {
    const std::int64_t id = candidates.integer(0);
    page.start(id);
    if (!page.next()) continue;
    const std::string text = page.text(4);
    const auto words = foldWords(text);
    const auto matches = findMatches(terms, words);
    if (matches.empty()) continue;
    ++ranked;
    const int number = static_cast<int>(page.integer(3));
    const double score = scoreOf(terms, matches, words.size());
    Found& found = documents[page.text(1)];
    // A sheet is a better answer than the description, which only makes it rank higher.
    if (number == 0) found.description = score;
    if (found.id == 0 || (found.hit.page == 0 && number != 0) ||
        (number != 0 && score >= found.score)) {
      found.hit = {page.text(0), page.text(1), page.text(2), number,
                   snippetOf(text, words, matches)};
      found.score = score;
      found.id = id;
    }
  }
  std::vector<Found> best;
  for (auto& [code, found] : documents) best.push_back(std::move(found));
  std::sort(best.begin(), best.end(), [](const Found& a, const Found& b) {
    const double x = a.score + a.description, y = b.score + b.description;
    return x != y ? x > y : a.id > b.id;
  });
  std::vector<SearchHit> hits;
  for (auto& found : best) {
    if (hits.size() == static_cast<std::size_t>(limit)) break;
    hits.push_back(std::move(found.hit));
  }
  return hits;
}

}  // namespace sohoa
