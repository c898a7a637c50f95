#include "storage/catalogue/text_index.h"

namespace sohoa {
namespace {

/// The words are letters and digits only, so nothing in them can be an operator of FTS5.
std::string expressionOf(const std::vector<QueryTerm>& terms,
                         const std::vector<std::vector<std::string>>& marks) {
  std::string expression;
  const auto also = [&] { expression += expression.empty() ? "" : " AND "; };
  for (const QueryTerm& term : terms) {
    also();
    expression += "words : \"";
    for (std::size_t i = 0; i < term.words.size(); ++i) {
      expression += (i == 0 ? "" : " ") + term.words[i].folded;
    }
    expression += term.prefix ? "\" *" : "\"";
  }
  for (const auto& alternatives : marks) {
    also();
    expression += "filters : (";
    for (std::size_t i = 0; i < alternatives.size(); ++i) {
      expression += (i == 0 ? "" : " OR ") + alternatives[i];
    }
    expression += ")";
  }
  return expression;
}

/// A contentless FTS5 table.
class SqliteTextIndex final : public TextIndex {
 public:
  explicit SqliteTextIndex(const Database& database)
      : database_(database),
        add_(database, "INSERT INTO page_index (rowid, words, filters) VALUES (?1, ?2, ?3)"),
        remove_(database,
                "INSERT INTO page_index (page_index, rowid, words, filters) "
                "VALUES ('delete', ?1, ?2, ?3)") {}

  void add(std::int64_t page, const std::string& words, const std::string& filters) override {
    add_.run(page, words, filters);
  }
  void remove(std::int64_t page, const std::string& words, const std::string& filters) override {
    remove_.run(page, words, filters);
  }
  std::vector<std::int64_t> find(const std::vector<QueryTerm>& terms,
                                 const std::vector<std::vector<std::string>>& marks, int limit,
                                 std::int64_t before) override {
    Statement select(database_,
                     "SELECT rowid FROM page_index WHERE page_index MATCH ?1 AND rowid < ?2 "
                     "ORDER BY rowid DESC LIMIT ?3");
    std::vector<std::int64_t> pages;
    select.start(expressionOf(terms, marks), before, limit);
    while (select.next()) pages.push_back(select.integer(0));
    return pages;
  }
  std::unordered_map<std::int64_t, std::uint64_t> fingerprints() override {
    database_.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.page_words USING "
        "fts5vocab('main', 'page_index', 'instance')");
    Statement words(database_, "SELECT doc, term, col, offset FROM temp.page_words");
    std::unordered_map<std::int64_t, std::uint64_t> sums;
    words.start();
    while (words.next()) {
      sums[words.integer(0)] += hashOf(words.text(1) + " " + words.text(2) + " " + words.text(3));
    }
    return sums;
  }

 private:
  const Database& database_;
  Statement add_, remove_;
};

}  // namespace

std::unique_ptr<TextIndex> makeSqliteTextIndex(const Database& database) {
  return std::make_unique<SqliteTextIndex>(database);
}

}  // namespace sohoa
