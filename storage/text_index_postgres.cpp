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
  /// newest pages are asked first, and older ones only while there are not enough.
  std::vector<std::int64_t> find(const std::vector<QueryTerm>& terms,
                                 const std::vector<std::vector<std::string>>& marks, int limit,
                                 std::int64_t before) override {
    constexpr std::int64_t kReachPerPage = 10, kFurther = 10;
    const std::string expression = expressionOf(terms, marks);
    Statement select(database_,
                     "SELECT page FROM page_index WHERE page >= ?1 AND page < ?2 "
                     "AND words @@ ?3::tsquery ORDER BY page DESC LIMIT ?4");
    std::vector<std::int64_t> pages;
    const std::int64_t newest = database_.integer("SELECT coalesce(max(page), 0) FROM page_index");
    std::int64_t upTo = std::min(before, newest + 1);
    for (std::int64_t reach = kReachPerPage * limit; upTo > 0; reach *= kFurther) {
      const std::int64_t from = std::max<std::int64_t>(0, upTo - reach);
      select.start(from, upTo, expression, limit - static_cast<int>(pages.size()));
      while (select.next()) pages.push_back(select.integer(0));
      if (pages.size() >= static_cast<std::size_t>(limit)) break;
      upTo = from;
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
  const Database& database_;
  Statement add_, remove_;
};

}  // namespace

std::unique_ptr<TextIndex> makePostgresTextIndex(const Database& database) {
  return std::make_unique<PostgresTextIndex>(database);
}

}  // namespace sohoa
