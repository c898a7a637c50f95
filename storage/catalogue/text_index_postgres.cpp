#include <algorithm>
#include <set>

#include "storage/catalogue/text_index.h"

namespace sohoa {
namespace {

/// What a tsvector takes at most, with some room: of a page with more, pairs at its end are left
/// out.
constexpr std::size_t kMostBytes = 900'000, kLongestWord = 500;
/// Beginnings of words up to so many letters are lexemes of their own.
constexpr std::size_t kBeginning = 3;

void forEachWord(const std::string& words, const auto& visit) {
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    if (end > at) visit(words.substr(at, end - at));
    at = end + 1;
  }
}

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

/// Whole letters of at most so many bytes: PostgreSQL refuses longer lexemes. What follows is left
/// to the comparison with the page's text.
std::string_view clipped(std::string_view word) {
  std::size_t end = std::min(word.size(), kLongestWord);
  while (end > 0 && end < word.size() && continues(word[end])) --end;
  return word.substr(0, end);
}

/// Lexemes are words as they are, and with a sign before them that no word has: '=' marks of
/// filters,
/// '^' beginnings, '+' two words that follow each other.
std::string pairOf(std::string_view first, std::string_view second) {
  return "+" + std::string(clipped(first)) + " " + std::string(clipped(second));
}

/// Bytes of its first `letters` letters; 0: it has fewer.
std::size_t endOfLetters(std::string_view word, std::size_t letters) {
  for (std::size_t at = 0; at < word.size();) {
    ++at;
    while (at < word.size() && continues(word[at])) ++at;
    if (--letters == 0) return at;
  }
  return 0;
}

std::string vectorOf(const std::string& words, const std::string& filters) {
  std::set<std::string> lexemes;
  std::size_t bytes = 0;
  const auto add = [&](std::string lexeme) {
    if (bytes + lexeme.size() > kMostBytes) return;
    const std::size_t size = lexeme.size();
    if (lexemes.insert(std::move(lexeme)).second) bytes += size;
  };
  forEachWord(filters, [&](const std::string& mark) { add("=" + mark); });
  forEachWord(words, [&](const std::string& word) {
    add(std::string(clipped(word)));
    for (std::size_t letters = 1; letters <= kBeginning; ++letters) {
      if (const auto end = endOfLetters(word, letters)) add("^" + word.substr(0, end));
    }
  });
  std::string previous;
  forEachWord(words, [&](const std::string& word) {
    if (!previous.empty()) add(pairOf(previous, word));
    previous = word;
  });
  std::string text;
  for (const std::string& lexeme : lexemes) text += "'" + lexeme + "' ";
  return text;
}

/// A phrase as its pairs: a page that has them all, but apart, is told by its text.
std::string expressionOf(const QueryTerm& term) {
  const std::string& last = term.words.back().folded;
  if (term.words.size() == 1) {
    if (!term.prefix) return "'" + std::string(clipped(last)) + "'";
    const bool indexed = term.words.back().letters.size() <= kBeginning;
    return indexed ? "'^" + last + "'" : "'" + std::string(clipped(last)) + "':*";
  }
  std::string expression;
  for (std::size_t i = 1; i < term.words.size(); ++i) {
    expression += i == 1 ? "'" : " & '";
    expression += pairOf(term.words[i - 1].folded, term.words[i].folded) + "'";
  }
  return expression + (term.prefix ? ":*" : "");
}

std::string expressionOf(const std::vector<QueryTerm>& terms,
                         const std::vector<std::vector<std::string>>& marks) {
  std::string expression;
  const auto also = [&] { expression += expression.empty() ? "" : " & "; };
  for (const QueryTerm& term : terms) {
    also();
    expression += expressionOf(term);
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

/// Pages come in blocks of 4,096 and of 65,536, as schema version 9 has them in column `blocks`.
constexpr int kSmallBlock = 12, kLargeBlock = 16;

/// One tsvector per page without positions, so that the GIN index needs no recheck; only the narrow
/// row is fetched.
class PostgresTextIndex final : public TextIndex {
 public:
  explicit PostgresTextIndex(const Database& database)
      : database_(database),
        add_(database,
             "INSERT INTO page_index (page, words) VALUES (?1, ?2::tsvector) "
             "ON CONFLICT (page) DO UPDATE SET words = excluded.words"),
        remove_(database, "DELETE FROM page_index WHERE page = ?1") {
    // The planner takes the words for part of the short rows, and would read every page's.
    database.execute(
        "SET enable_seqscan = off; SET max_parallel_workers_per_gather = 0; SET jit = off");
  }

  void add(std::int64_t page, const std::string& words, const std::string& filters) override {
    add_.run(page, vectorOf(words, filters));
  }
  void remove(std::int64_t page, const std::string&, const std::string&) override {
    remove_.run(page);
  }
  /// GIN gives pages in no order: of a common word it would have to give and sort them all. So the
  /// newest pages are asked for first, then block after block. Rare words are asked for at once.
  std::vector<std::int64_t> find(const std::vector<QueryTerm>& terms,
                                 const std::vector<std::vector<std::string>>& marks, int limit,
                                 std::int64_t before) override {
    const std::string expression = expressionOf(terms, marks);
    if (expression != known_ || before > knownFrom_) known_.clear();
    const auto enough = static_cast<std::size_t>(limit);
    if (!known_.empty()) {
      auto pages = fromKnown(before, limit);
      if (pages.size() >= enough || !thereIsMore_) return pages;
      learn(before, expression, kMost);
      return fromKnown(before, limit);
    }
    const std::int64_t newest = database_.integer("SELECT coalesce(max(page), 0) FROM page_index");
    const std::int64_t upTo = std::min(before, newest + 1);
    std::vector<std::int64_t> pages = inBlocks(kSmallBlock, upTo, expression, limit);
    std::int64_t from = below(kSmallBlock, upTo);
    if (pages.size() >= enough || from == 0) return pages;
    // So many pages of two small blocks: of rarer words all are asked for faster. A filter may be
    // rare where the words are not; several of them leave little to ask for.
    constexpr std::size_t kCommon = 20, kVeryCommon = 800;
    const bool inSteps =
        marks.size() <= 1 &&
        (pages.size() >= kCommon || (!marks.empty() && haveMore(kVeryCommon, terms, newest + 1)));
    if (!inSteps) {
      learn(upTo, expression, std::max(kUsual, limit));
      return fromKnown(upTo, limit);
    }
    while (pages.size() < enough && from > 0) {
      const auto more =
          inBlocks(kLargeBlock, from, expression, limit - static_cast<int>(pages.size()));
      pages.insert(pages.end(), more.begin(), more.end());
      from = below(kLargeBlock, from);
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
  /// Whether the terms alone are on so many pages of two small blocks.
  bool haveMore(std::size_t pages, const std::vector<QueryTerm>& terms, std::int64_t before) const {
    return terms.empty() ||
           inBlocks(kSmallBlock, before, expressionOf(terms, {}), static_cast<int>(pages)).size() >=
               pages;
  }
  /// Where the blocks end that inBlocks() looks through.
  static std::int64_t below(int shift, std::int64_t before) {
    const std::int64_t last = (before - 1) >> shift;
    return (shift == kSmallBlock ? std::max<std::int64_t>(0, last - 1) : last) << shift;
  }
  /// Of the large block below page `before`, or of that small one and the one before. The sum in
  /// the SQL keeps the planner from walking the pages in order, which would fetch the words of
  /// each.
  std::vector<std::int64_t> inBlocks(int shift, std::int64_t before, const std::string& expression,
                                     int limit) const {
    const std::int64_t last = (before - 1) >> shift;
    const std::string blocks = shift == kSmallBlock
                                   ? "{" + std::to_string(last) + "," +
                                         std::to_string(std::max<std::int64_t>(0, last - 1)) + "}"
                                   : "{" + std::to_string(-1 - last) + "}";
    Statement select(database_,
                     "SELECT page FROM page_index WHERE words @@ ?1::tsquery AND blocks && "
                     "?2::int[] AND page + 0 < ?3 ORDER BY page + 0 DESC LIMIT ?4");
    select.start(expression, blocks, before, limit);
    return pagesOf(select);
  }
  /// As many as most searches look at, and as many as any does.
  static constexpr int kUsual = 4000, kMost = 30'000;
  /// What the index has of an expression, newest first: the further rounds of a search, each of
  /// which asks for older pages, are answered from it.
  void learn(std::int64_t before, const std::string& expression, int most) {
    Statement select(database_,
                     "WITH found AS MATERIALIZED (SELECT page FROM page_index WHERE words @@ "
                     "?1::tsquery AND page + 0 < ?2) SELECT page FROM found ORDER BY page DESC "
                     "LIMIT ?3");
    select.start(expression, before, most);
    pages_ = pagesOf(select);
    thereIsMore_ = pages_.size() == static_cast<std::size_t>(most);
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
  bool thereIsMore_ = false;  ///< than `pages_`, in older pages
  std::vector<std::int64_t> pages_;
};

}  // namespace

std::unique_ptr<TextIndex> makePostgresTextIndex(const Database& database) {
  return std::make_unique<PostgresTextIndex>(database);
}

}  // namespace sohoa
