#include "pdf/structure/syntax.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace sohoa {
namespace {

constexpr int kMaxDepth = 64;
constexpr int kMaxParts = 500'000;
// Of one string or name; a signature with big revocation lists inside has a few megabytes.
constexpr std::size_t kMaxString = 16u << 20, kMaxName = 1u << 16;

/// -1: no hexadecimal digit.
constexpr auto kHexValues = [] {
  std::array<signed char, 256> values{};
  values.fill(-1);
  for (int i = 0; i < 10; ++i)
    values[static_cast<std::size_t>('0' + i)] = static_cast<signed char>(i);
  for (int i = 0; i < 6; ++i) {
    values[static_cast<std::size_t>('a' + i)] = values[static_cast<std::size_t>('A' + i)] =
        static_cast<signed char>(10 + i);
  }
  return values;
}();

int hexValue(char c) { return kHexValues[static_cast<unsigned char>(c)]; }

bool isDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

void PdfLexer::skipSpace() {
  while (!done()) {
    if (isPdfSpace(peek())) {
      ++at_;
    } else if (peek() == '%') {
      while (!done() && peek() != '\n' && peek() != '\r') ++at_;
    } else {
      return;
    }
  }
}

bool PdfLexer::keyword(std::string_view word) {
  skipSpace();
  if (bytes_.substr(std::min(at_, bytes_.size()), word.size()) != word) return false;
  const std::size_t next = at_ + word.size();
  if (next < bytes_.size() && !isPdfSpace(bytes_[next]) && !isPdfDelimiter(bytes_[next])) {
    return false;
  }
  at_ = next;
  return true;
}

void PdfLexer::requireKeyword(std::string_view word) {
  if (!keyword(word)) fail(("expected " + std::string(word)).c_str());
}

std::uint64_t PdfLexer::unsignedInteger() {
  skipSpace();
  if (done()) fail("unexpected end");
  std::uint64_t number = 0;
  const char* first = bytes_.data() + at_;
  const char* last = bytes_.data() + bytes_.size();
  const auto [end, error] = std::from_chars(first, last, number);
  if (error != std::errc()) fail("expected a number");
  at_ += static_cast<std::size_t>(end - first);
  if (!done() && !isPdfSpace(peek()) && !isPdfDelimiter(peek())) fail("expected a number");
  return number;
}

PdfValue PdfLexer::value(int depth) {
  if (depth > kMaxDepth) fail("objects nested too deeply");
  if (++parts_ > kMaxParts) fail("object with too many parts");
  skipSpace();
  if (done()) fail("unexpected end");
  const std::size_t begin = at_;
  PdfValue read;
  const char c = peek();
  if (c == '<' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '<') {
    read = dictionary(depth);
  } else if (c == '<') {
    read = hexString();
  } else if (c == '(') {
    read = literalString();
  } else if (c == '[') {
    read = array(depth);
  } else if (c == '/') {
    read = PdfValue::ofName(name());
  } else if (isDigit(c) || c == '+' || c == '-' || c == '.') {
    read = numberOrReference();
  } else if (keyword("true")) {
    read.kind = PdfValue::Kind::boolean;
    read.boolean = true;
  } else if (keyword("false")) {
    read.kind = PdfValue::Kind::boolean;
  } else if (!keyword("null")) {
    fail("unknown token");
  }
  read.begin = begin;
  read.end = at_;
  return read;
}

PdfValue PdfLexer::numberOrReference() {
  const std::size_t begin = at_;
  bool real = false, digits = false;
  if (peek() == '+' || peek() == '-') ++at_;
  while (!done() && (isDigit(peek()) || peek() == '.')) {
    if (peek() == '.' && real) fail("malformed number");
    real = real || peek() == '.';
    digits = digits || isDigit(peek());
    ++at_;
  }
  if (!digits || (!done() && !isPdfSpace(peek()) && !isPdfDelimiter(peek()))) {
    fail("malformed number");
  }
  const std::string_view text = bytes_.substr(begin, at_ - begin);
  PdfValue read;
  if (real) {
    read.kind = PdfValue::Kind::real;
    read.text = text;
    return read;
  }
  read.kind = PdfValue::Kind::integer;
  const std::size_t sign = text[0] == '+' ? 1 : 0;
  const auto parsed = std::from_chars(text.data() + sign, text.data() + text.size(), read.integer);
  if (parsed.ec != std::errc()) fail("number out of range");
  // "12 0 R" is a reference: look ahead for an integer and R.
  constexpr auto kMax = std::numeric_limits<std::uint32_t>::max();
  if (isDigit(text[0]) && read.integer <= kMax && !done() && isPdfSpace(peek())) {
    PdfLexer ahead(bytes_, at_);
    ahead.skipSpace();
    if (!ahead.done() && isDigit(ahead.peek())) {
      std::uint64_t generation = 0;
      const char* first = bytes_.data() + ahead.at_;
      const auto [end, error] = std::from_chars(first, bytes_.data() + bytes_.size(), generation);
      ahead.at_ += static_cast<std::size_t>(end - first);
      if (error == std::errc() && generation <= 65535 && !ahead.done() &&
          isPdfSpace(ahead.peek()) && ahead.keyword("R")) {
        at_ = ahead.at_;
        return PdfValue::ofReference(
            {static_cast<std::uint32_t>(read.integer), static_cast<std::uint32_t>(generation)});
      }
    }
  }
  return read;
}

PdfValue PdfLexer::literalString() {
  PdfValue read = PdfValue::ofString("");
  int open = 0;
  for (;; ++at_) {
    if (done() || read.text.size() > kMaxString) fail("string without an end");
    const char c = peek();
    if (c == '(') {
      if (open++ > 0) read.text += c;
    } else if (c == ')') {
      if (--open == 0) break;
      read.text += c;
    } else if (c == '\r') {  // 7.3.4.2: any end of line counts as LF
      if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n') ++at_;
      read.text += '\n';
    } else if (c != '\\') {
      read.text += c;
    } else {
      if (++at_ >= bytes_.size()) fail("string without an end");
      const char escaped = peek();
      constexpr std::string_view kCodes = "nrtbf", kMeans = "\n\r\t\b\f";
      if (const auto code = kCodes.find(escaped); code != std::string_view::npos) {
        read.text += kMeans[code];
      } else if (escaped >= '0' && escaped <= '7') {
        int octal = 0, count = 0;
        while (count < 3 && !done() && peek() >= '0' && peek() <= '7') {
          octal = octal * 8 + (peek() - '0');
          ++at_;
          ++count;
        }
        --at_;
        read.text += static_cast<char>(octal & 0xff);
      } else if (escaped == '\r') {
        if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n') ++at_;
      } else if (escaped != '\n') {
        read.text += escaped;
      }
    }
  }
  ++at_;
  return read;
}

PdfValue PdfLexer::hexString() {
  PdfValue read = PdfValue::ofString("");
  read.hex = true;
  ++at_;
  const std::size_t end = bytes_.find('>', at_);
  if (end == std::string_view::npos || end - at_ > 2 * kMaxString) fail("string without an end");
  read.text.reserve((end - at_ + 1) / 2);
  int high = -1;
  for (; at_ < end; ++at_) {
    const int digit = kHexValues[static_cast<unsigned char>(peek())];
    if (digit < 0) {
      if (isPdfSpace(peek())) continue;
      fail("malformed hexadecimal string");
    }
    if (high < 0) {
      high = digit;
    } else {
      read.text += static_cast<char>(high * 16 + digit);
      high = -1;
    }
  }
  if (high >= 0) read.text += static_cast<char>(high * 16);
  ++at_;
  return read;
}

std::string PdfLexer::name() {
  std::string read;
  for (++at_; !done() && !isPdfSpace(peek()) && !isPdfDelimiter(peek()); ++at_) {
    if (read.size() > kMaxName) fail("name too long");
    if (peek() != '#') {
      read += peek();
      continue;
    }
    const int high = at_ + 1 < bytes_.size() ? hexValue(bytes_[at_ + 1]) : -1;
    const int low = at_ + 2 < bytes_.size() ? hexValue(bytes_[at_ + 2]) : -1;
    if (high < 0 || low < 0) {  // PDF 1.1 names: a plain number sign
      read += '#';
      continue;
    }
    read += static_cast<char>(high * 16 + low);
    at_ += 2;
  }
  return read;
}

PdfValue PdfLexer::array(int depth) {
  PdfValue read = PdfValue::ofArray({});
  ++at_;
  for (;;) {
    skipSpace();
    if (done()) fail("array without an end");
    if (peek() == ']') break;
    read.items.push_back(value(depth + 1));
  }
  ++at_;
  return read;
}

PdfValue PdfLexer::dictionary(int depth) {
  PdfValue read = PdfValue::ofDictionary();
  at_ += 2;
  for (;;) {
    skipSpace();
    if (done()) fail("dictionary without an end");
    if (peek() == '>') break;
    if (peek() != '/') fail("dictionary key is not a name");
    std::string key = name();
    read.entries.emplace_back(std::move(key), value(depth + 1));
  }
  if (at_ + 1 >= bytes_.size() || bytes_[at_ + 1] != '>') fail("dictionary without an end");
  at_ += 2;
  // A key given twice with one value is read the same by everybody.
  std::vector<const std::pair<std::string, PdfValue>*> sorted;
  for (const auto& entry : read.entries) sorted.push_back(&entry);
  std::sort(sorted.begin(), sorted.end(),
            [](const auto* a, const auto* b) { return a->first < b->first; });
  read.duplicate =
      std::adjacent_find(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
        return a->first == b->first && serialise(a->second) != serialise(b->second);
      }) != sorted.end();
  return read;
}

}  // namespace sohoa
