#include <algorithm>
#include <map>
#include <set>

#include "storage/text_index.h"

namespace sohoa {
namespace {

/// PostgreSQL keeps at most so many places of a word, none beyond the last.
constexpr std::size_t kPlaces = 255, kLastPlace = 16383;

void forEachWord(const std::string& words, const auto& visit) {
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    if (end > at) visit(words.substr(at, end - at));
    at = end + 1;
  }
}

/// Words with their places; marks with '=' before them, which no word has.
std::string vectorOf(const std::string& words, const std::string& filters) {
  std::map<std::string, std::vector<std::size_t>> places;
  std::size_t place = 0;
  forEachWord(words, [&](std::string word) {
    place = std::min(place + 1, kLastPlace);
    auto& known = places[std::move(word)];
    if (known.size() < kPlaces && (known.empty() || known.back() != place)) known.push_back(place);
  });
  std::string text;
  for (const auto& [word, at] : places) {
    text += "'" + word + "'";
    for (std::size_t i = 0; i < at.size(); ++i)
      text += (i == 0 ? ":" : ",") + std::to_string(at[i]);
    text += " ";
  }
  forEachWord(filters, [&](const std::string& mark) { text += "'=" + mark + "' "; });
  return text;
}

std::string expressionOf(const std::vector<QueryTerm>& terms,
                         const std::vector<std::vector<std::string>>& marks) {
  std::string expression;
  const auto also = [&] { expression += expression.empty() ? "" : " & "; };
  for (const QueryTerm& term : terms) {
    also();
    expression += "(";
    for (std::size_t i = 0; i < term.words.size(); ++i) {
      const bool prefix = term.prefix && i + 1 == term.words.size();
      expression += (i == 0 ? "'" : " <-> '") + term.words[i].folded + (prefix ? "':*" : "'");
    }
    expression += ")";
  }
  for (const auto& alternatives : marks) {
    also();
    expression += "(";
    for (std::size_t i = 0; i < alternatives.size(); ++i) {
      expression += (i == 0 ? "'=" : " | '=") + alternatives[i] + "'";
    }
    expression += ")";
  }
  return expression;
}

/// A tsvector per page under a GIN index.
class PostgresTextIndex final : public TextIndex {
 public:
  explicit PostgresTextIndex(const Database& database)
      : database_(database),
        add_(database,
             "INSERT INTO page_index (page, words) VALUES (?1, ?2::tsvector) "
             "ON CONFLICT (page) DO UPDATE SET words = excluded.words"),
        remove_(database, "DELETE FROM page_index WHERE page = ?1") {}

  void add(std::int64_t page, const std::string& words, const std::string& filters) override {
    add_.run(page, vectorOf(words, filters));
  }
  void remove(std::int64_t page, const std::string&, const std::string&) override {
    remove_.run(page);
  }
  /// GIN gives pages in no order: of a common word it would have to fetch and sort them all. So the
  /// newest pages are looked through first, in order. Where they hold too few, the words are rare or
  /// stand in older pages: then the index is asked for all of them.
  std::vector<std::int64_t> find(const std::vector<QueryTerm>& terms,
                                 const std::vector<std::vector<std::string>>& marks, int limit,
                                 std::int64_t before) override {
    constexpr std::int64_t kReachPerPage = 10;
    /// One page in so many: looking through costs as much as fetching all that the index has.
    constexpr std::int64_t kCommon = 40;
    const std::string expression = expressionOf(terms, marks);
    if (expression != known_ || before > knownFrom_) known_.clear();
    if (!known_.empty()) return fromKnown(before, limit);
    const std::int64_t newest = database_.integer("SELECT coalesce(max(page), 0) FROM page_index");
    const std::int64_t upTo = std::min(before, newest + 1);
    const std::int64_t reach = kReachPerPage * limit;
    std::int64_t from = std::max<std::int64_t>(0, upTo - reach);
    std::vector<std::int64_t> pages = inOrder(from, upTo, expression, limit);
    const auto enough = static_cast<std::size_t>(limit);
    if (pages.size() >= enough || from == 0) return pages;
    if (static_cast<std::int64_t>(pages.size()) * kCommon < reach) {
      learn(upTo, expression);
      return fromKnown(upTo, limit);
    }
    for (std::int64_t further = 10 * reach; pages.size() < enough && from > 0; further *= 10) {
      const std::int64_t end = from;
      from = std::max<std::int64_t>(0, end - further);
      const auto more = inOrder(from, end, expression, limit - static_cast<int>(pages.size()));
      pages.insert(pages.end(), more.begin(), more.end());
    }
    return pages;
  }
  std::unordered_map<std::int64_t, std::uint64_t> fingerprints() override {
    std::unordered_map<std::int64_t, std::uint64_t> prints;
    Statement select(database_, "SELECT page, words::text FROM page_index");
    select.start();
    while (select.next()) prints[select.integer(0)] = hashOf(select.text(1));
    return prints;
  }

 private:
  /// By the pages' own order, each looked at.
  std::vector<std::int64_t> inOrder(std::int64_t from, std::int64_t upTo,
                                    const std::string& expression, int limit) const {
    Statement select(database_,
                     "SELECT page FROM page_index WHERE page >= ?1 AND page < ?2 "
                     "AND words @@ ?3::tsquery ORDER BY page DESC LIMIT ?4");
    select.start(from, upTo, expression, limit);
    return pagesOf(select);
  }
  /// All that the index has of an expression, newest first: the further rounds of a search, each of
  /// which asks for older pages, are answered from it.
  void learn(std::int64_t before, const std::string& expression) {
    constexpr int kMost = 100'000;
    Statement select(database_,
                     "WITH found AS MATERIALIZED (SELECT page FROM page_index WHERE words @@ "
                     "?1::tsquery) SELECT page FROM found WHERE page < ?2 ORDER BY page DESC "
                     "LIMIT ?3");
    select.start(expression, before, kMost);
    pages_ = pagesOf(select);
    known_ = expression;
    knownFrom_ = before - 1;  // a search that begins anew asks from further up
  }
  std::vector<std::int64_t> fromKnown(std::int64_t before, int limit) const {
    const auto first = std::partition_point(pages_.begin(), pages_.end(),
                                            [&](std::int64_t page) { return page >= before; });
    const auto count = std::min<std::ptrdiff_t>(limit, pages_.end() - first);
    return {first, first + count};
  }
  static std::vector<std::int64_t> pagesOf(Statement& select) {
    std::vector<std::int64_t> pages;
    while (select.next()) pages.push_back(select.integer(0));
    return pages;
  }

  const Database& database_;
  Statement add_, remove_;
  std::string known_;  ///< expression of `pages_`; empty: none
  std::int64_t knownFrom_ = 0;
  std::vector<std::int64_t> pages_;
};

}  // namespace

std::unique_ptr<TextIndex> makePostgresTextIndex(const Database& database) {
  return std::make_unique<PostgresTextIndex>(database);
}

}  // namespace sohoa
