#include <algorithm>
#include <map>

#include "storage/catalogue_sql.h"
#include "storage/query.h"

namespace sohoa {
namespace {

/// Of a broad query's pages only the newest are looked at, so that the answer comes in
/// milliseconds: up to kRanked that match are ranked, out of up to kExamined.
constexpr int kRanked = 300, kExamined = 3000;
constexpr std::size_t kAtOnce = 150;

struct Found {
  SearchHit hit;
  double score = 0, description = 0;
  std::int64_t id = 0;
};

}  // namespace

std::vector<SearchHit> SqlCatalogue::search(const std::string& query, int limit,
                                            const SearchFilter& filter) const {
  const auto terms = parseQuery(query);
  if ((terms.empty() && filter.empty()) || limit <= 0) return {};
  const auto candidates = index_->find(terms, marksFor(filter), kExamined);
  std::map<std::string, Found> documents;
  int ranked = 0;
  for (std::size_t first = 0; first < candidates.size() && ranked < kRanked; first += kAtOnce) {
    const std::size_t last = std::min(candidates.size(), first + kAtOnce);
    std::string ids;
    for (std::size_t i = first; i < last; ++i) {
      ids += (i == first ? "" : ",") + std::to_string(candidates[i]);
    }
    Statement page(*database_,
                   "SELECT page.id, dossier, code, title, page.number, page.text, unit, "
                   "procedure_code, dated_on, status FROM page JOIN document "
                   "ON document.id = page.document WHERE page.id IN (" +
                       ids + ") ORDER BY page.id DESC");
    page.start();
    while (ranked < kRanked && page.next()) {
      const std::string text = page.text(5);
      const auto words = foldWords(text);
      const auto matches = findMatches(terms, words);
      if (matches.empty() && !terms.empty()) continue;
      if (!fits({page.text(6), page.text(7), page.text(8), page.text(9)}, filter)) continue;
      ++ranked;
      const int number = static_cast<int>(page.integer(4));
      const double score = scoreOf(terms, matches, words.size());
      Found& found = documents[page.text(2)];
      // A sheet is a better answer than the description, which only makes it rank higher.
      if (number == 0) found.description = score;
      if (found.id == 0 || (found.hit.page == 0 && number != 0) ||
          (number != 0 && score >= found.score)) {
        found.hit = {page.text(1), page.text(2), page.text(3), number,
                     snippetOf(text, words, matches)};
        found.score = score;
        found.id = page.integer(0);
      }
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
