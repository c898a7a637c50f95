#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

/// A word of a text as the search sees it: letters and digits, lower case, tone and other marks
/// taken off and kept beside it. "Hòa" and "hoà" are the same word: the tone belongs to the word,
/// wherever it is written. đ is d with a stroke; ð and Ð (eth), which look like đ and Đ and are
/// often typed for them, count as đ.
struct FoldedWord {
  std::string folded;                ///< UTF-8 without any marks: "dat"
  std::u32string letters;            ///< the same, one code point each
  std::vector<std::uint32_t> marks;  ///< per letter: circumflex, breve, horn, stroke …, or 0
  std::uint32_t tone = 0;            ///< combining grave, acute, tilde, hook, dot below, or 0
  std::size_t begin = 0, end = 0;    ///< bytes of the word in the original text
};

/// The words of a text in order. Bytes that are not UTF-8 separate words.
std::vector<FoldedWord> foldWords(std::string_view text);

/// The same for many texts, one after the other, in memory that is used again.
class WordFolder {
 public:
  /// Valid until the next call.
  std::span<const FoldedWord> fold(std::string_view text);

 private:
  std::vector<FoldedWord> words_;
};

/// The folded words with one space between them, as they go into the search index.
std::string foldText(std::string_view text);

/// Whether a word found by its folded form has every mark that the query's word has: "đat" agrees
/// with "đất" and "đạt" but not with "dat"; "dat" agrees with all of them. With `prefix` the query
/// may end before the word does.
bool marksAgree(const FoldedWord& query, const FoldedWord& word, bool prefix);
/// Whether both have the same marks, letter by letter.
bool sameMarks(const FoldedWord& query, const FoldedWord& word);

}  // namespace sohoa
