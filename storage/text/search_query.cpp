#include "storage/text/search_query.h"

#include <algorithm>
#include <set>

namespace sohoa {
namespace {

constexpr std::size_t kSnippetWords = 24, kWordsBefore = 6;

void addTerm(std::vector<QueryTerm>& terms, std::string_view text, bool prefix) {
  QueryTerm term{foldWords(text), prefix};
  if (!term.words.empty()) terms.push_back(std::move(term));
}

bool matchesAt(const QueryTerm& term, std::span<const FoldedWord> page, std::size_t at) {
  for (std::size_t i = 0; i < term.words.size(); ++i) {
    const bool prefix = term.prefix && i + 1 == term.words.size();
    if (!marksAgree(term.words[i], page[at + i], prefix)) return false;
  }
  return true;
}

bool hasMarks(const FoldedWord& word) {
  return word.tone != 0 ||
         std::any_of(word.marks.begin(), word.marks.end(), [](auto mark) { return mark != 0; });
}

bool isBlank(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; }

/// Original bytes with every run of white space and control characters as one space.
void appendPlain(std::string& out, std::string_view text) {
  for (char c : text) {
    if (!isBlank(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
}

/// First word of the window that covers most terms, then most matches.
std::size_t bestWindow(const std::vector<Match>& matches) {
  std::size_t best = 0, bestTerms = 0, bestCount = 0;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    std::set<std::size_t> terms;
    std::size_t count = 0;
    for (std::size_t j = i; j < matches.size() && matches[j].firstWord + matches[j].words <=
                                                      matches[i].firstWord + kSnippetWords;
         ++j) {
      terms.insert(matches[j].term);
      ++count;
    }
    if (terms.size() > bestTerms || (terms.size() == bestTerms && count > bestCount)) {
      best = i;
      bestTerms = terms.size();
      bestCount = count;
    }
  }
  return matches.empty() ? 0 : matches[best].firstWord;
}

}  // namespace

std::vector<QueryTerm> parseQuery(std::string_view text) {
  std::string plain(text);
  for (const std::string_view quote : {"“", "”", "„", "«", "»"}) {
    for (auto at = plain.find(quote); at != std::string::npos; at = plain.find(quote, at)) {
      plain.replace(at, quote.size(), 1, '"');
    }
  }
  std::vector<QueryTerm> terms;
  const auto starAt = [&](std::size_t at) { return at < plain.size() && plain[at] == '*'; };
  for (std::size_t at = 0; at < plain.size();) {
    if (isBlank(plain[at])) {
      ++at;
    } else if (plain[at] == '"') {
      const auto end = std::min(plain.find('"', at + 1), plain.size());
      addTerm(terms, std::string_view(plain).substr(at + 1, end - at - 1), starAt(end + 1));
      at = end + 1;
    } else {
      auto end = at;
      while (end < plain.size() && !isBlank(plain[end]) && plain[end] != '"') ++end;
      addTerm(terms, std::string_view(plain).substr(at, end - at), plain[end - 1] == '*');
      at = end;
    }
  }
  return terms;
}

std::vector<Match> findMatches(const std::vector<QueryTerm>& terms,
                               std::span<const FoldedWord> page) {
  std::vector<Match> matches;
  for (std::size_t t = 0; t < terms.size(); ++t) {
    const QueryTerm& term = terms[t];
    const std::size_t before = matches.size();
    for (std::size_t at = 0; at + term.words.size() <= page.size(); ++at) {
      if (!matchesAt(term, page, at)) continue;
      bool exact = true;
      for (std::size_t i = 0; i < term.words.size(); ++i) {
        exact = exact && (!hasMarks(term.words[i]) || sameMarks(term.words[i], page[at + i]));
      }
      matches.push_back({t, at, term.words.size(), exact});
    }
    if (matches.size() == before) return {};
  }
  std::sort(matches.begin(), matches.end(),
            [](const Match& a, const Match& b) { return a.firstWord < b.firstWord; });
  return matches;
}

double scoreOf(const std::vector<QueryTerm>& terms, const std::vector<Match>& matches,
               std::size_t pageWords) {
  // BM25 without the rarity of terms: every page of a result has all of them.
  constexpr double kSaturation = 1.2, kLengthWeight = 0.75, kTypicalWords = 300, kInexact = 0.6;
  std::vector<double> counts(terms.size());
  for (const Match& match : matches) counts[match.term] += match.exact ? 1 : kInexact;
  const double length =
      1 - kLengthWeight + kLengthWeight * static_cast<double>(pageWords) / kTypicalWords;
  double score = 0;
  for (double count : counts) {
    score += count * (kSaturation + 1) / (count + kSaturation * length);
  }
  return score;
}

std::string snippetOf(std::string_view text, std::span<const FoldedWord> page,
                      const std::vector<Match>& matches) {
  if (page.empty()) return {};
  const std::size_t best = bestWindow(matches);
  const std::size_t first = best > kWordsBefore ? best - kWordsBefore : 0;
  const std::size_t last = std::min(page.size(), first + kSnippetWords);
  std::vector<bool> opens(page.size()), closes(page.size());
  for (std::size_t i = 0, coveredTo = 0; i < matches.size(); ++i) {
    const std::size_t end = matches[i].firstWord + matches[i].words;
    if (matches[i].firstWord < coveredTo) continue;  // inside the one before
    opens[matches[i].firstWord] = true;
    closes[end - 1] = true;
    coveredTo = end;
  }
  std::string snippet = first > 0 ? "… " : "";
  std::size_t at = page[first].begin;
  bool open = false;
  for (std::size_t i = first; i < last; ++i) {
    appendPlain(snippet, text.substr(at, page[i].begin - at));
    if (opens[i]) {
      snippet += '[';
      open = true;
    }
    appendPlain(snippet, text.substr(page[i].begin, page[i].end - page[i].begin));
    at = page[i].end;
    if (open && (closes[i] || i + 1 == last)) {
      snippet += ']';
      open = false;
    }
  }
  return snippet + (last < page.size() ? " …" : "");
}

}  // namespace sohoa
