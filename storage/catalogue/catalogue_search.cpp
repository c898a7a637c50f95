#include <algorithm>
#include <limits>
#include <map>

#include "storage/catalogue/catalogue_sql.h"
#include "storage/text/search_query.h"

namespace sohoa {
namespace {

/// Of a broad query's pages only the newest are looked at, so that the answer comes in
/// milliseconds: up to kRanked that match are ranked. They are asked for in rounds, each larger
/// than the one before. Where the marks agree with few of them, kExamined are enough if that fills
/// the answer, twice as many if it does not, kExaminedInVain if they agree with none.
constexpr int kRanked = 300, kExamined = 1500, kExaminedInVain = 30'000;
constexpr int kFirstRound = 500;
constexpr std::size_t kAtOnce = 150;

struct Found {
  SearchHit hit;
  double score = 0, description = 0;
  std::int64_t id = 0;
};

/// Looks at pages and keeps the best of each document.
class Ranking {
 public:
  Ranking(const Database& database, const std::vector<QueryTerm>& terms, const SearchFilter& filter,
          int wanted)
      : database_(database), terms_(terms), filter_(filter), wanted_(wanted) {}

  int ranked() const { return ranked_; }

  void examine(const std::vector<std::int64_t>& candidates) {
    for (std::size_t first = 0; first < candidates.size() && ranked_ < wanted_; first += kAtOnce) {
      const std::size_t last = std::min(candidates.size(), first + kAtOnce);
      std::string ids;
      for (std::size_t i = first; i < last; ++i) {
        ids += (i == first ? "" : ",") + std::to_string(candidates[i]);
      }
      Statement page(database_,
                     "SELECT page.id, dossier, code, title, page.number, page.text, unit, "
                     "procedure_code, dated_on, status, valid_until FROM page JOIN document "
                     "ON document.id = page.document WHERE page.id IN (" +
                         ids + ") ORDER BY page.id DESC");
      page.start();
      while (ranked_ < wanted_ && page.next()) add(page);
    }
  }

  std::vector<SearchHit> best(int limit) {
    std::vector<Found> best;
    for (auto& [code, found] : documents_) best.push_back(std::move(found));
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

 private:
  void add(const Statement& page) {
    const FilterValues values = {page.text(6), page.text(7), page.text(8), page.text(9),
                                 page.text(10)};
    if (!fits(values, filter_)) return;
    const std::string text = page.text(5);
    const auto words = folder_.fold(text);
    const auto matches = findMatches(terms_, words);
    if (matches.empty() && !terms_.empty()) return;
    ++ranked_;
    const int number = static_cast<int>(page.integer(4));
    const double score = scoreOf(terms_, matches, words.size());
    Found& found = documents_[page.text(2)];
    // A sheet is a better answer than the description, which only makes it rank higher.
    if (number == 0) found.description = score;
    if (found.id == 0 || (found.hit.page == 0 && number != 0) ||
        (number != 0 && score >= found.score)) {
      found.hit = {page.text(1),
                   page.text(2),
                   page.text(3),
                   number,
                   snippetOf(text, words, matches),
                   statusOn(values, filter_.today)};
      found.score = score;
      found.id = page.integer(0);
    }
  }

  const Database& database_;
  const std::vector<QueryTerm>& terms_;
  const SearchFilter& filter_;
  WordFolder folder_;
  std::map<std::string, Found> documents_;
  int wanted_, ranked_ = 0;
};

}  // namespace

std::vector<SearchHit> SqlCatalogue::search(const std::string& query, int limit,
                                            const SearchFilter& filter) const {
  const auto terms = parseQuery(query);
  if ((terms.empty() && filter.empty()) || limit <= 0) return {};
  const auto marks = marksFor(filter);
  const int wanted = std::max(kRanked, limit), enough = std::max(kExamined, 2 * limit);
  Ranking ranking(*database_, terms, filter, wanted);
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  int examined = 0;
  for (int round = kFirstRound; ranking.ranked() < wanted;
       round = std::min(2 * round, 2 * kExamined)) {
    const auto candidates = index_->find(terms, marks, round, before);
    ranking.examine(candidates);
    examined += static_cast<int>(candidates.size());
    if (candidates.size() < static_cast<std::size_t>(round)) break;
    const bool full = ranking.ranked() >= limit;
    if (examined >= (full ? enough : ranking.ranked() > 0 ? 2 * enough : kExaminedInVain)) break;
    before = candidates.back();
  }
  return ranking.best(limit);
}

}  // namespace sohoa
