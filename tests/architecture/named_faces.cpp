#include "tests/architecture/named_faces.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <regex>
#include <sstream>

#include "tests/architecture/cpp_lexer.h"
#include "tests/support/files.h"

namespace sohoa::architecture {
namespace fs = std::filesystem;
namespace {

using Tokens = std::vector<Token>;

/// Place of the face among the arguments, from 0.
const std::multimap<std::string, int>& drawingCalls() {
  static const std::multimap<std::string, int> kCalls = {
      {"pango_font_description_from_string", 0},
      {"pango_font_description_set_family", 1},
      {"pango_font_description_set_family_static", 1},
      {"pango_attr_family_new", 0},
      {"cairo_select_font_face", 1},
      {"text", 3},   // DrawnPage
      {"width", 0},  // DrawnPage
      {"pen", 3},    // DrawnPage
      {"pen", 1}};   // Typesetter
  return kCalls;
}

bool isMark(const Tokens& tokens, std::size_t at, std::string_view mark) {
  return at < tokens.size() && tokens[at].kind == Token::Kind::mark && tokens[at].value == mark;
}

bool opens(const Token& token) {
  return token.kind == Token::Kind::mark && std::string_view("([{").find(token.value) < 3;
}
bool closes(const Token& token) {
  return token.kind == Token::Kind::mark && std::string_view(")]}").find(token.value) < 3;
}

/// "kPenFamilies" -> true, "surface" -> false: a word of the name, not a part of a word.
/// "kFamilyNames" are those of people.
bool isCalledAFace(const std::string& identifier) {
  static const std::set<std::string> kWords = {"face",  "faces",    "font",
                                               "fonts", "typeface", "typefaces"};
  if (identifier == "family" || identifier == "families" || identifier.ends_with("Family") ||
      identifier.ends_with("Families")) {
    return true;
  }
  std::string word;
  for (std::size_t i = 0; i <= identifier.size(); ++i) {
    const char c = i < identifier.size() ? identifier[i] : '_';
    if (c == '_' || std::isupper(static_cast<unsigned char>(c)) != 0) {
      if (kWords.contains(word)) return true;
      word.clear();
    }
    if (c != '_') word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return false;
}

/// The name without weight, slope and size; empty when nothing else is there.
std::string withoutStyle(const std::string& description) {
  static const std::regex kStyle(
      "( ?(Thin|Light|Regular|Medium|Semi-Bold|Bold|Heavy|Oblique|Italic|[0-9]+(\\.[0-9]+)?))+$");
  return std::regex_replace(description, kStyle, "");
}

/// Whether the literal can be a face at all: words of letters and digits.
bool canBeFace(const std::string& literal) {
  static const std::regex kWords("[A-Za-z][A-Za-z0-9]*([ -][A-Za-z0-9.]+)*");
  return std::regex_match(literal, kWords) && !literal.starts_with("fonts-") &&
         !withoutStyle(literal).empty();
}

/// "Gothic Bold 12"; sizes below 5 are numbers of something else ("Stack 2").
bool looksLikeDescription(const std::string& literal) {
  static const std::regex kShape("[A-Z][A-Za-z]+( [A-Z][A-Za-z]+)* ([5-9]|[1-9][0-9])(\\.[0-9])?");
  return std::regex_match(literal, kShape);
}

bool beginsWithARow(const std::string& literal, std::span<const samples::Face> table) {
  return std::any_of(table.begin(), table.end(), [&](const samples::Face& face) {
    return literal.starts_with(face.name) && withoutStyle(literal) == face.name;
  });
}

class Finder {
 public:
  Finder(const Tokens& tokens, std::span<const samples::Face> table)
      : tokens_(tokens), table_(table) {}

  /// Indexes of the tokens that name a face.
  std::set<std::size_t> run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      if (token.kind == Token::Kind::text &&
          (beginsWithARow(token.value, table_) || looksLikeDescription(token.value))) {
        found_.insert(i);
      }
      if (token.kind != Token::Kind::word) continue;
      const auto [first, last] = drawingCalls().equal_range(token.value);
      if (isMark(tokens_, i + 1, "(")) {
        for (auto call = first; call != last; ++call) inCall(i + 2, call->second);
      }
      if (isCalledAFace(token.value)) inValue(i + 1);
    }
    return found_;
  }

 private:
  void add(std::size_t at) {
    if (tokens_[at].kind == Token::Kind::text && canBeFace(tokens_[at].value)) found_.insert(at);
  }

  /// `at` is the first token after the bracket.
  void inCall(std::size_t at, int place) {
    int depth = 0, argument = 0;
    for (; at < tokens_.size() && depth >= 0; ++at) {
      if (opens(tokens_[at])) ++depth;
      if (closes(tokens_[at])) --depth;
      if (depth == 0 && isMark(tokens_, at, ",")) ++argument;
      if (depth == 0 && argument == place) add(at);
    }
  }

  /// `at` is the token after the name: `= …;`, `{…};` or `: …)` of a loop.
  void inValue(std::size_t at) {
    while (isMark(tokens_, at, "[") || isMark(tokens_, at, "]")) ++at;
    const bool set = isMark(tokens_, at, "=") && !isMark(tokens_, at + 1, "=");
    const bool loop = isMark(tokens_, at, ":") && !isMark(tokens_, at + 1, ":");
    if (!set && !loop && !isMark(tokens_, at, "{")) return;
    int depth = 0, calls = 0;
    for (; at < tokens_.size() && depth >= 0; ++at) {
      if (depth == 0 && isMark(tokens_, at, ";")) return;
      if (opens(tokens_[at])) ++depth;
      if (closes(tokens_[at])) --depth;
      if (isMark(tokens_, at, "(")) ++calls;
      if (isMark(tokens_, at, ")")) --calls;
      if (calls == 0) add(at);  // what a function is given is not the value
    }
  }

  const Tokens& tokens_;
  std::span<const samples::Face> table_;
  std::set<std::size_t> found_;
};

}  // namespace

std::vector<NamedFace> namedFaces(const SourceTree& tree, std::span<const samples::Face> table) {
  std::vector<NamedFace> named;
  for (const auto& [file, contents] : tree) {
    const Tokens tokens = tokensOf(contents);
    for (const std::size_t at : Finder(tokens, table).run()) {
      named.push_back({file, tokens[at].line, withoutStyle(tokens[at].value)});
    }
  }
  return named;
}

std::vector<std::string> unlistedFaces(const SourceTree& tree,
                                       const std::set<std::string>& packages,
                                       std::span<const samples::Face> table) {
  std::vector<std::string> faults;
  std::set<std::string> drawn;
  for (const NamedFace& face : namedFaces(tree, table)) {
    drawn.insert(face.name);
    const bool known = std::any_of(table.begin(), table.end(),
                                   [&](const samples::Face& row) { return row.name == face.name; });
    if (!known) {
      faults.push_back(face.file + ":" + std::to_string(face.line) + ": the face \"" + face.name +
                       "\" is in no row of samples/faces.h");
    }
  }
  for (const samples::Face& row : table) {
    const std::string name(row.name), package(row.package);
    if (!drawn.contains(name)) faults.push_back("nothing is drawn with the face \"" + name + "\"");
    if (!packages.contains(package)) {
      faults.push_back("the face \"" + name + "\" is in " + package +
                       ", which no list in packages/ installs");
    }
  }
  static const std::regex kPackage("fonts-[a-z0-9-]*[a-z0-9]");
  for (const auto& [file, contents] : tree) {
    for (const Token& token : tokensOf(contents)) {
      if (token.kind != Token::Kind::text || !std::regex_match(token.value, kPackage)) continue;
      if (packages.contains(token.value)) continue;
      faults.push_back(file + ":" + std::to_string(token.line) +
                       ": no list in packages/ installs " + token.value);
    }
  }
  return faults;
}

SourceTree readDrawingSources() {
  // The table draws nothing, and these tests name faces that must not be there.
  static const std::set<std::string> kOthers = {"faces.h", "named_faces_test.cpp",
                                                "drawn_face_test.cpp"};
  SourceTree tree;
  const fs::path top = test::sourceFolder();
  for (const char* folder : {"samples", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(top / folder)) {
      const fs::path& file = entry.path();
      const std::string name = fs::relative(file, top).string();
      if (kOthers.contains(file.filename()) || !entry.is_regular_file()) continue;
      if (file.extension() == ".h" || file.extension() == ".cpp") tree[name] = test::slurp(file);
    }
  }
  return tree;
}

std::set<std::string> listedPackages() {
  std::set<std::string> packages;
  for (const auto& entry : fs::directory_iterator(test::sourceFolder() / "packages")) {
    if (entry.path().extension() != ".txt") continue;
    std::istringstream lines(test::slurp(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty() && line.front() != '#') packages.insert(line);
    }
  }
  return packages;
}

}  // namespace sohoa::architecture
