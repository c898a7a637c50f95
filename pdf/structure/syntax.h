#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sohoa {

/// Bytes that break the PDF syntax (ISO 32000-1:2008, 7.2, 7.3, 7.5). Used between the strict
/// reader and its callers, who turn it into a value (ItemError or a verdict) at the room's border.
class PdfSyntaxError : public std::runtime_error {
 public:
  PdfSyntaxError(const std::string& what, std::size_t offset)
      : std::runtime_error(what + " at byte " + std::to_string(offset)), offset_(offset) {}
  std::size_t offset() const { return offset_; }

 private:
  std::size_t offset_;
};

/// Names an indirect object.
struct PdfRef {
  std::uint32_t number = 0;
  std::uint32_t generation = 0;
  auto operator<=>(const PdfRef&) const = default;
  std::string text() const;  ///< "12 0 R"
};

/// A direct object as written, with the place where it was written.
struct PdfValue {
  enum class Kind { null, boolean, integer, real, string, name, array, dictionary, reference };
  // Not inline: clang 14 cannot see through vectors of the class itself in constant expressions.
  PdfValue();
  ~PdfValue();
  PdfValue(const PdfValue&);
  PdfValue(PdfValue&&) noexcept;
  PdfValue& operator=(const PdfValue&);
  PdfValue& operator=(PdfValue&&) noexcept;

  Kind kind = Kind::null;
  bool boolean = false;
  std::int64_t integer = 0;
  std::string text;        ///< real: its digits as written; string: its bytes; name: without '/'
  bool hex = false;        ///< a string written as <hex>
  bool duplicate = false;  ///< a dictionary that gives a key twice: readers may differ on it
  std::vector<PdfValue> items;                            ///< of an array
  std::vector<std::pair<std::string, PdfValue>> entries;  ///< of a dictionary, in file order
  PdfRef reference;
  std::size_t begin = 0, end = 0;  ///< offsets of its first byte and after its last byte

  bool is(Kind other) const { return kind == other; }
  bool isName(std::string_view name) const { return kind == Kind::name && text == name; }
  /// The value of a dictionary's key; nullptr when there is none, it is null, or this is no
  /// dictionary.
  const PdfValue* find(std::string_view key) const;
  /// Sets or adds a key of a dictionary.
  void set(std::string_view key, PdfValue value);
  void erase(std::string_view key);
  double number() const;  ///< of an integer or a real; 0 for others
  bool isNumber() const { return kind == Kind::integer || kind == Kind::real; }

  static PdfValue ofInteger(std::int64_t value);
  static PdfValue ofName(std::string_view name);
  static PdfValue ofString(std::string_view bytes);
  static PdfValue ofReference(PdfRef reference);
  static PdfValue ofArray(std::vector<PdfValue> items);
  static PdfValue ofDictionary();
};

/// The value of an integer; `otherwise` for anything else and for nullptr.
std::int64_t integerOf(const PdfValue* value, std::int64_t otherwise);

/// PDF syntax of the value; reals as they were written, strings in hexadecimal.
std::string serialise(const PdfValue& value);

/// Reads tokens and direct objects strictly: what two readers could take differently is refused.
/// Not thread-safe; cheap to make.
class PdfLexer {
 public:
  /// `at` behind the bytes is their end: cross-references of damaged files point anywhere.
  PdfLexer(std::string_view bytes, std::size_t at)
      : bytes_(bytes), at_(at < bytes.size() ? at : bytes.size()) {}

  std::size_t at() const { return at_; }
  void skipSpace();  ///< white space and comments
  /// True, and moves on, when the next token is this keyword.
  bool keyword(std::string_view word);
  void requireKeyword(std::string_view word);
  /// An unsigned decimal integer.
  std::uint64_t unsignedInteger();
  /// A direct object or an indirect reference. Throws PdfSyntaxError; also beyond 64 levels or
  /// half a million parts.
  PdfValue value() { return value(0); }

 private:
  PdfValue value(int depth);
  PdfValue numberOrReference();
  PdfValue literalString();
  PdfValue hexString();
  std::string name();
  PdfValue array(int depth);
  PdfValue dictionary(int depth);
  [[noreturn]] void fail(const char* what) const { throw PdfSyntaxError(what, at_); }
  bool done() const { return at_ >= bytes_.size(); }
  char peek() const { return bytes_[at_]; }

  std::string_view bytes_;
  std::size_t at_;
  int parts_ = 0;
};

constexpr bool isPdfSpace(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}
constexpr bool isPdfDelimiter(char c) {
  return c == '/' || c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' ||
         c == '{' || c == '}' || c == '%';
}

}  // namespace sohoa
