#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sohoa::architecture {

/// A piece of C++ source; comments and white space are no tokens.
struct Token {
  enum class Kind { word, text, mark, include } kind;
  /// word: identifier or number; text: what a string literal means (escapes resolved, neighbours
  /// joined, as the compiler does); mark: one character; include: `"core/texts/text.h"` or
  /// `<vector>`.
  std::string value;
  int line;  ///< from 1
  bool operator==(const Token&) const = default;
};

/// Enough of C++'s lexical rules to tell code from comments and literals.
std::vector<Token> tokensOf(std::string_view source);

}  // namespace sohoa::architecture
