#include "tests/architecture/texts.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <stdexcept>

#include "tests/architecture/cpp_lexer.h"

namespace sohoa::architecture {
namespace {

struct Text {
  std::string english, where;
};
struct Row {
  std::string english, vietnamese, where;
};

std::string whereOf(const std::string& file, const Token& token) {
  return file + ":" + std::to_string(token.line);
}
bool isMark(const Token& token, char mark) {
  return token.kind == Token::Kind::mark && token.value[0] == mark;
}
bool inTable(const std::string& file) { return file.starts_with("core/texts/text_vi"); }

/// The literals of the text that a call says. `at` is just behind the call's opening bracket. The
/// text is the first argument that has a literal, of the first two: tr("…"), say(language, "…", …).
std::vector<Text> textsOfCall(const std::string& file, const std::vector<Token>& tokens,
                              std::size_t at) {
  std::vector<Text> texts;
  int depth = 0, argument = 0;
  for (; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    if (token.kind == Token::Kind::text) {
      texts.push_back({token.value, whereOf(file, token)});
    } else if (isMark(token, '(') || isMark(token, '{') || isMark(token, '[')) {
      ++depth;
    } else if (isMark(token, ')') || isMark(token, '}') || isMark(token, ']')) {
      if (--depth < 0) break;
    } else if (isMark(token, ',') && depth == 0) {
      if (!texts.empty() || ++argument > 1) break;
    }
  }
  return texts;
}

std::vector<Text> textsSaid(const SourceTree& tree) {
  static const std::set<std::string> kSayers = {"tr", "say", "textId"};
  std::vector<Text> said;
  for (const auto& [file, contents] : tree) {
    const std::vector<Token> tokens = tokensOf(contents);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      if (tokens[i].kind != Token::Kind::word || !kSayers.contains(tokens[i].value)) continue;
      if (!isMark(tokens[i + 1], '(')) continue;
      const auto texts = textsOfCall(file, tokens, i + 2);
      said.insert(said.end(), texts.begin(), texts.end());
    }
  }
  return said;
}

std::vector<Row> rowsOfTable(const SourceTree& tree) {
  std::vector<Row> rows;
  for (const auto& [file, contents] : tree) {
    if (!inTable(file) || !file.ends_with(".inc")) continue;
    const std::vector<Token> tokens = tokensOf(contents);
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
      if (tokens[i].kind == Token::Kind::text && isMark(tokens[i + 1], ',') &&
          tokens[i + 2].kind == Token::Kind::text) {
        rows.push_back({tokens[i].value, tokens[i + 2].value, whereOf(file, tokens[i])});
        i += 2;
      }
    }
  }
  return rows;
}

std::set<std::string> literalsOutsideTheTable(const SourceTree& tree) {
  std::set<std::string> literals;
  for (const auto& [file, contents] : tree) {
    if (inTable(file)) continue;
    for (const Token& token : tokensOf(contents)) {
      if (token.kind == Token::Kind::text) literals.insert(token.value);
    }
  }
  return literals;
}

std::string problemOf(const Row& row) {
  if (row.vietnamese.empty()) return "has no Vietnamese";
  if (!isNfc(row.vietnamese)) return "has Vietnamese that is not in NFC";
  try {
    if (placeholdersOf(row.english) != placeholdersOf(row.vietnamese)) {
      return "has other placeholders in Vietnamese";
    }
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

std::vector<std::string> placeholdersOf(const std::string& text) {
  std::vector<std::string> found;
  int next = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{' && text[i] != '}') continue;
    if (i + 1 < text.size() && text[i + 1] == text[i]) {  // {{ and }} are braces to print
      ++i;
      continue;
    }
    const std::size_t end = text.find('}', i);
    if (text[i] == '}' || end == std::string::npos) {
      throw std::runtime_error("has a stray brace");
    }
    const std::string inside = text.substr(i + 1, end - i - 1);
    const std::size_t colon = std::min(inside.find(':'), inside.size());
    const std::string number = inside.substr(0, colon);
    found.push_back((number.empty() ? std::to_string(next++) : number) + inside.substr(colon));
    i = end;
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool isNfc(const std::string& text) {
  utf8proc_uint8_t* composed = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &composed, UTF8PROC_COMPOSE);
  const bool same = length >= 0 && std::string_view(reinterpret_cast<const char*>(composed),
                                                    static_cast<std::size_t>(length)) == text;
  std::free(composed);
  return same;
}

std::vector<std::string> brokenTexts(const SourceTree& tree) {
  std::vector<std::string> broken;
  std::map<std::string, std::string> whereOfRow;
  const std::set<std::string> literals = literalsOutsideTheTable(tree);
  for (const Row& row : rowsOfTable(tree)) {
    const std::string quoted = row.where + ": \"" + row.english + "\" ";
    const auto [first, isNew] = whereOfRow.emplace(row.english, row.where);
    if (!isNew) broken.push_back(quoted + "stands in " + first->second + " already");
    if (!literals.contains(row.english)) broken.push_back(quoted + "is said nowhere");
    if (const std::string problem = problemOf(row); !problem.empty()) {
      broken.push_back(quoted + problem);
    }
  }
  for (const Text& text : textsSaid(tree)) {
    if (!text.english.empty() && !whereOfRow.contains(text.english)) {
      broken.push_back(text.where + ": \"" + text.english +
                       "\" has no row in core/texts/text_vi*.inc");
    }
  }
  return broken;
}

}  // namespace sohoa::architecture
