#include "tests/architecture/details.h"

#include <algorithm>
#include <cctype>

#include "tests/architecture/cpp_lexer.h"

namespace sohoa::architecture {
namespace {

constexpr char kTable[] = "core/texts/detail_text_vi.inc";

bool isMark(const Token& token, char mark) {
  return token.kind == Token::Kind::mark && token.value[0] == mark;
}

/// The literals of one argument of a call. `at` is just behind the call's opening bracket.
std::vector<Token> literalsOf(const std::vector<Token>& tokens, std::size_t at, int wanted) {
  std::vector<Token> literals;
  int depth = 0, argument = 0;
  for (; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    if (isMark(token, '(') || isMark(token, '{') || isMark(token, '[')) ++depth;
    if (isMark(token, ')') || isMark(token, '}') || isMark(token, ']')) {
      if (--depth < 0) break;
    }
    if (isMark(token, ',') && depth == 0) ++argument;
    if (token.kind == Token::Kind::text && argument == wanted) literals.push_back(token);
  }
  return literals;
}

/// Format places without what is in them: "{:.0f}" becomes "{}".
std::string plain(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '{') i = std::min(text.find('}', i), text.size()) - 1;
  }
  return out;
}

/// At least two words of letters.
bool isSentence(const std::string& text) {
  int words = 0, letters = 0;
  for (const char c : text + " ") {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      ++letters;
    } else {
      words += c == ' ' && letters > 1 ? 1 : 0;
      letters = 0;
    }
  }
  return words > 1;
}

}  // namespace

std::vector<std::string> untranslatedDetails(const SourceTree& tree) {
  std::vector<std::string> rows, missing;
  const auto table = tree.find(kTable);
  if (table == tree.end()) return {std::string(kTable) + " is missing"};
  for (const Token& token : tokensOf(table->second)) {
    if (token.kind == Token::Kind::text) rows.push_back(token.value);
  }
  for (const auto& [file, contents] : tree) {
    if (file == kTable || file.starts_with("samples/")) continue;
    const std::vector<Token> tokens = tokensOf(contents);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      const bool item = tokens[i].value == "ItemError", batch = tokens[i].value == "BatchError";
      if (tokens[i].kind != Token::Kind::word || !(item || batch)) continue;
      if (!isMark(tokens[i + 1], '{') && !isMark(tokens[i + 1], '(')) continue;
      for (const Token& literal : literalsOf(tokens, i + 2, item ? 3 : 1)) {
        const std::string text = plain(literal.value);
        const bool known = std::any_of(rows.begin(), rows.end(), [&](const std::string& row) {
          return row.find(text) != std::string::npos;
        });
        if (isSentence(text) && !known) {
          missing.push_back(file + ":" + std::to_string(literal.line) + ": " + text);
        }
      }
    }
  }
  return missing;
}

}  // namespace sohoa::architecture
