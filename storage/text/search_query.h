#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/text/text_folding.h"

namespace sohoa {

/// Words that must follow each other: a word, or a "phrase". With `prefix` the last one may be the
/// beginning of a word.
struct QueryTerm {
  std::vector<FoldedWord> words;
  bool prefix = false;
};

/// All terms must occur on a page. A word with signs inside, 1234/QĐ-STNMT, is a phrase.
std::vector<QueryTerm> parseQuery(std::string_view text);

/// Places of the terms in a page.
struct Match {
  std::size_t term = 0, firstWord = 0, words = 0;
  bool exact = false;  ///< all marks are the same
};

/// Every place where a term occurs with marks that agree, in page order; empty when a term occurs
/// nowhere.
std::vector<Match> findMatches(const std::vector<QueryTerm>& terms,
                               std::span<const FoldedWord> page);

/// How well the page answers, from 0; comparable within one query.
double scoreOf(const std::vector<QueryTerm>& terms, const std::vector<Match>& matches,
               std::size_t pageWords);

/// About `kSnippetWords` words of the original text around the best place, found words in [ ].
std::string snippetOf(std::string_view text, std::span<const FoldedWord> page,
                      const std::vector<Match>& matches);

}  // namespace sohoa
