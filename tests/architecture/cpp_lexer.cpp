#include "tests/architecture/cpp_lexer.h"

#include <cctype>

namespace sohoa::architecture {
namespace {

bool wordLetter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Lexer {
 public:
  explicit Lexer(std::string_view source) : rest_(source) {}

  std::vector<Token> run() {
    while (!rest_.empty()) step();
    return std::move(tokens_);
  }

 private:
  char at(std::size_t i) const { return i < rest_.size() ? rest_[i] : '\0'; }

  std::string_view take(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    for (const char c : taken) line_ += c == '\n' ? 1 : 0;
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view takeUntil(std::string_view end) {
    const auto found = rest_.find(end);
    return take(found == std::string_view::npos ? rest_.size() : found + end.size());
  }

  void step() {
    if (rest_.starts_with("//")) {
      takeUntil("\n");
    } else if (rest_.starts_with("/*")) {
      takeUntil("*/");
    } else if (std::isspace(static_cast<unsigned char>(at(0))) != 0) {
      take(1);
    } else if (rest_.starts_with("R\"")) {
      rawText();
    } else if (at(0) == '"') {
      text();
    } else if (at(0) == '\'') {
      character();
    } else if (wordLetter(at(0))) {
      word();
    } else if (at(0) == '#') {
      directive();
    } else {
      tokens_.push_back({Token::Kind::mark, std::string(take(1)), line_});
    }
  }

  void word() {
    std::size_t length = 1;
    const bool number = std::isdigit(static_cast<unsigned char>(at(0))) != 0;
    while (wordLetter(at(length)) ||
           (number && at(length) == '\'' && wordLetter(at(length + 1)))) {  // 1'000
      ++length;
    }
    if (at(length) == '"' && (length <= 2) && !number) {  // u8"…": the prefix goes
      const std::string_view prefix = rest_.substr(0, length);
      if (prefix == "u8" || prefix == "u" || prefix == "U" || prefix == "L") {
        take(length);
        return;
      }
    }
    tokens_.push_back({Token::Kind::word, std::string(take(length)), line_});
  }

  void character() {
    take(1);
    while (!rest_.empty() && at(0) != '\'' && at(0) != '\n') take(at(0) == '\\' ? 2 : 1);
    take(1);
  }

  void addText(std::string value, int line) {
    if (!tokens_.empty() && tokens_.back().kind == Token::Kind::text) {
      tokens_.back().value += value;
    } else {
      tokens_.push_back({Token::Kind::text, std::move(value), line});
    }
  }

  void text() {
    const int line = line_;
    std::string value;
    take(1);
    while (!rest_.empty() && at(0) != '"' && at(0) != '\n') {
      if (at(0) != '\\') {
        value += take(1);
        continue;
      }
      take(1);
      const char escaped = at(0);
      take(1);
      switch (escaped) {
        case 'n':
          value += '\n';
          break;
        case 't':
          value += '\t';
          break;
        case '\n':  // a continued line
          break;
        default:
          value += escaped;
      }
    }
    take(1);
    addText(std::move(value), line);
  }

  void rawText() {
    const int line = line_;
    take(2);
    const std::string end = ")" + std::string(rest_.substr(0, rest_.find('('))) + "\"";
    take(end.size() - 1);
    std::string_view value = takeUntil(end);
    if (value.ends_with(end)) value.remove_suffix(end.size());
    addText(std::string(value), line);
  }

  void directive() {
    const int line = line_;
    take(1);
    while (at(0) == ' ' || at(0) == '\t') take(1);
    if (!rest_.starts_with("include")) {
      tokens_.push_back({Token::Kind::mark, "#", line});
      return;
    }
    take(7);
    while (at(0) == ' ' || at(0) == '\t') take(1);
    const std::size_t end = rest_.find(at(0) == '<' ? '>' : '"', 1);
    tokens_.push_back({Token::Kind::include, std::string(take(end + 1)), line});
  }

  std::string_view rest_;
  int line_ = 1;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokensOf(std::string_view source) { return Lexer(source).run(); }

}  // namespace sohoa::architecture
