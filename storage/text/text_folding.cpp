#include "storage/text/text_folding.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace sohoa {
namespace {

constexpr std::uint32_t kStroke = 0x0335;

bool isTone(std::uint32_t mark) {
  return mark == 0x0300 || mark == 0x0301 || mark == 0x0303 || mark == 0x0309 || mark == 0x0323;
}

/// What one code point contributes: a letter with marks, marks alone, or a gap between words.
struct Piece {
  enum class Kind : std::uint8_t { gap, letter, mark };
  Kind kind = Kind::gap;
  char32_t letter = 0;
  std::uint32_t mark = 0, tone = 0;
};

Piece analyse(utf8proc_int32_t code) {
  Piece piece;
  if (code == 0x111 || code == 0x110 || code == 0xF0 || code == 0xD0) {
    return {Piece::Kind::letter, U'd', kStroke, 0};
  }
  std::array<utf8proc_int32_t, 16> parts{};
  const auto count = utf8proc_decompose_char(utf8proc_tolower(code), parts.data(),
                                             static_cast<utf8proc_ssize_t>(parts.size()),
                                             UTF8PROC_DECOMPOSE, nullptr);
  for (utf8proc_ssize_t i = 0; i < std::min<utf8proc_ssize_t>(count, 16); ++i) {
    const auto part = parts[static_cast<std::size_t>(i)];
    switch (utf8proc_category(part)) {
      case UTF8PROC_CATEGORY_LU:
      case UTF8PROC_CATEGORY_LL:
      case UTF8PROC_CATEGORY_LT:
      case UTF8PROC_CATEGORY_LM:
      case UTF8PROC_CATEGORY_LO:
      case UTF8PROC_CATEGORY_ND:
      case UTF8PROC_CATEGORY_NL:
      case UTF8PROC_CATEGORY_NO:
        piece.kind = Piece::Kind::letter;
        if (piece.letter == 0) piece.letter = static_cast<char32_t>(part);
        break;
      case UTF8PROC_CATEGORY_MN:
      case UTF8PROC_CATEGORY_MC:
      case UTF8PROC_CATEGORY_ME:
        if (piece.kind == Piece::Kind::gap) piece.kind = Piece::Kind::mark;
        (isTone(static_cast<std::uint32_t>(part)) ? piece.tone : piece.mark) =
            static_cast<std::uint32_t>(part);
        break;
      default:
        break;
    }
  }
  return piece;
}

/// Vietnamese lives below U+2000; analysing is done once for those.
const Piece& pieceOf(utf8proc_int32_t code, Piece& scratch) {
  static const auto kTable = [] {
    std::vector<Piece> table(0x2000);
    for (std::size_t i = 0; i < table.size(); ++i)
      table[i] = analyse(static_cast<utf8proc_int32_t>(i));
    return table;
  }();
  if (code < 0x2000) return kTable[static_cast<std::size_t>(code)];
  scratch = analyse(code);
  return scratch;
}

void appendUtf8(std::string& text, char32_t letter) {
  if (letter < 0x80) {
    text += static_cast<char>(letter);
    return;
  }
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto n = utf8proc_encode_char(static_cast<utf8proc_int32_t>(letter), bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(n));
}

void clear(FoldedWord& word) {
  word.folded.clear();
  word.letters.clear();
  word.marks.clear();
  word.tone = 0;
}

/// Makes each word in `next()`, whose memory is used again, and then tells it to `done`.
template <class Next, class Done>
void forEachWord(std::string_view text, const Next& next, const Done& done) {
  FoldedWord* word = &next();
  clear(*word);
  const auto finish = [&] {
    if (word->letters.empty()) return;
    done(*word);
    word = &next();
    clear(*word);
  };
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  Piece scratch;
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t code = bytes[at];
    std::size_t length = 1;
    if (code >= 0x80) {
      const auto n =
          utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
      if (n <= 0) {
        code = 0;
      } else {
        length = static_cast<std::size_t>(n);
      }
    }
    const Piece& piece = pieceOf(code, scratch);
    if (piece.kind == Piece::Kind::letter) {
      if (word->letters.empty()) word->begin = at;
      word->letters += piece.letter;
      word->marks.push_back(piece.mark);
      appendUtf8(word->folded, piece.letter);
      if (piece.tone != 0) word->tone = piece.tone;
      word->end = at + length;
    } else if (piece.kind == Piece::Kind::mark && !word->letters.empty()) {
      if (piece.mark != 0) word->marks.back() = piece.mark;
      if (piece.tone != 0) word->tone = piece.tone;
      word->end = at + length;
    } else if (piece.kind == Piece::Kind::gap) {
      finish();
    }
    at += length;
  }
  finish();
}

}  // namespace

std::span<const FoldedWord> WordFolder::fold(std::string_view text) {
  std::size_t count = 0;
  forEachWord(
      text,
      [&]() -> FoldedWord& {
        if (count == words_.size()) words_.emplace_back();
        return words_[count];
      },
      [&](const FoldedWord&) { ++count; });
  return {words_.data(), count};
}

std::vector<FoldedWord> foldWords(std::string_view text) {
  std::vector<FoldedWord> words;
  FoldedWord scratch;
  forEachWord(
      text, [&]() -> FoldedWord& { return scratch; },
      [&](FoldedWord& word) { words.push_back(std::move(word)); });
  return words;
}

std::string foldText(std::string_view text) {
  std::string folded;
  FoldedWord scratch;
  forEachWord(
      text, [&]() -> FoldedWord& { return scratch; },
      [&](const FoldedWord& word) {
        if (!folded.empty()) folded += ' ';
        folded += word.folded;
      });
  return folded;
}

bool marksAgree(const FoldedWord& query, const FoldedWord& word, bool prefix) {
  if (query.letters.size() > word.letters.size()) return false;
  if (!prefix && query.letters.size() != word.letters.size()) return false;
  for (std::size_t i = 0; i < query.letters.size(); ++i) {
    if (query.letters[i] != word.letters[i]) return false;
    if (query.marks[i] != 0 && query.marks[i] != word.marks[i]) return false;
  }
  return query.tone == 0 || query.tone == word.tone;
}

bool sameMarks(const FoldedWord& query, const FoldedWord& word) {
  return query.marks == word.marks && query.tone == word.tone;
}

}  // namespace sohoa
