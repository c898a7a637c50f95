#include "pdf/content/content_scanner.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "pdf/structure/syntax.h"

namespace sohoa {
namespace {

/// Beyond this operands are dropped: no operator has so many.
constexpr std::size_t kMaxOperands = 4096;

constexpr std::array<double, 8> kTenths = {1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7};

/// Of each byte the value as a hexadecimal digit, or -1.
constexpr std::array<signed char, 256> kHexDigits = [] {
  std::array<signed char, 256> digits{};
  for (int c = 0; c < 256; ++c) {
    const bool small = c >= 'a' && c <= 'f', large = c >= 'A' && c <= 'F';
    const int value = c >= '0' && c <= '9' ? c - '0'
                      : small              ? c - 'a' + 10
                      : large              ? c - 'A' + 10
                                           : -1;
    digits[static_cast<std::size_t>(c)] = static_cast<signed char>(value);
  }
  return digits;
}();

/// What a byte begins.
enum class Begins : unsigned char {
  word,
  space,
  number,
  name,
  literal,
  hex,
  array,
  comment,
  other
};

constexpr std::array<Begins, 256> kBegins = [] {
  std::array<Begins, 256> all{};
  for (int c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    Begins& begins = all[static_cast<std::size_t>(c)];
    begins = isPdfSpace(byte) ? Begins::space
             : (byte >= '0' && byte <= '9') || byte == '-' || byte == '+' || byte == '.'
                 ? Begins::number
             : byte == '/'                ? Begins::name
             : byte == '('                ? Begins::literal
             : byte == '<'                ? Begins::hex
             : byte == '[' || byte == ']' ? Begins::array
             : byte == '%'                ? Begins::comment
             : isPdfDelimiter(byte)       ? Begins::other
                                          : Begins::word;
  }
  return all;
}();
Begins begins(char c) { return kBegins[static_cast<unsigned char>(c)]; }

/// Of each byte whether it ends a name or an operator.
bool endsToken(char c) {
  const Begins kind = begins(c);
  return kind != Begins::word && kind != Begins::number;
}

}  // namespace

void ContentOperands::clear() {
  numbers.clear();
  strings.clear();
  name = {};
  firstShift = 0;
}

bool ContentScanner::next(std::string_view& op, ContentOperands& operands) {
  operands.clear();
  inArray_ = false;
  while (at_ < content_.size()) {
    const char c = content_[at_];
    switch (begins(c)) {
      case Begins::space:
        ++at_;
        break;
      case Begins::number:
        number(operands);
        break;
      case Begins::literal:
        keep(literalString(), operands);
        break;
      case Begins::hex:
        if (content_.substr(at_, 2) == "<<") {
          at_ += 2;
        } else {
          keep(hexString(), operands);
        }
        break;
      case Begins::array:
        inArray_ = c == '[';
        ++at_;
        break;
      case Begins::comment:
        at_ = std::min(content_.find_first_of("\r\n", at_), content_.size());
        break;
      case Begins::other:
        ++at_;
        break;
      case Begins::name:
        ++at_;
        operands.name = word();
        break;
      case Begins::word:
        op = word();
        if (op == "true" || op == "false" || op == "null") break;
        if (op == "BI") skipInlineImage();
        return true;
    }
  }
  return false;
}

std::string_view ContentScanner::word() {
  const std::size_t begin = at_;
  while (at_ < content_.size() && !endsToken(content_[at_])) ++at_;
  return content_.substr(begin, at_ - begin);
}

void ContentScanner::keep(std::string_view raw, ContentOperands& operands) {
  if (operands.strings.size() < kMaxOperands) operands.strings.push_back({raw, 0});
}

void ContentScanner::number(ContentOperands& operands) {
  // By hand: a page has thousands of numbers, and no place on it depends on the last bit of one.
  constexpr std::uint64_t kMostDigits = 100'000'000'000'000'000;
  std::uint64_t digits = 0;
  std::size_t decimals = 0, dropped = 0;
  bool negative = false, fraction = false;
  for (; at_ < content_.size(); ++at_) {
    const char c = content_[at_];
    if (c >= '0' && c <= '9') {
      if (digits < kMostDigits) {
        digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
        decimals += fraction ? 1 : 0;
      } else {
        dropped += fraction ? 0 : 1;
      }
    } else if (c == '.') {
      fraction = true;
    } else if (c == '-') {
      negative = true;
    } else if (c != '+') {
      break;
    }
  }
  double value = static_cast<double>(digits);
  value *= decimals < kTenths.size() ? kTenths[decimals] : std::pow(0.1, decimals);
  if (dropped > 0) value *= std::pow(10, dropped);
  if (negative) value = -value;
  if (!std::isfinite(value)) value = 0;
  if (inArray_) {
    (operands.strings.empty() ? operands.firstShift : operands.strings.back().shift) += value;
  } else if (operands.numbers.size() < kMaxOperands) {
    operands.numbers.push_back(value);
  }
}

std::string_view ContentScanner::literalString() {
  const std::size_t begin = at_;
  int depth = 0;
  for (; at_ < content_.size(); ++at_) {
    const char c = content_[at_];
    if (c == '\\') {
      ++at_;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      ++at_;
      break;
    }
  }
  at_ = std::min(at_, content_.size());
  return content_.substr(begin, at_ - begin);
}

std::string_view ContentScanner::hexString() {
  const std::size_t begin = at_, end = content_.find('>', at_);
  at_ = end == std::string_view::npos ? content_.size() : end + 1;
  return content_.substr(begin, at_ - begin);
}

void ContentScanner::skipInlineImage() {
  for (std::size_t end = content_.find("EI", at_); end != std::string_view::npos;
       end = content_.find("EI", end + 1)) {
    if (isPdfSpace(content_[end - 1]) &&
        (end + 2 >= content_.size() || isPdfSpace(content_[end + 2]))) {
      at_ = end + 2;
      return;
    }
  }
  at_ = content_.size();
}

void appendStringBytes(std::string_view raw, std::string& out) {
  if (raw.size() < 2) return;
  const bool hex = raw.front() == '<';
  raw = raw.substr(1, raw.size() - 2);
  if (hex) {
    int high = -1;
    for (const char c : raw) {
      const int digit = kHexDigits[static_cast<unsigned char>(c)];
      if (digit < 0) continue;
      if (high < 0) {
        high = digit;
      } else {
        out += static_cast<char>(high * 16 + digit);
        high = -1;
      }
    }
    if (high >= 0) out += static_cast<char>(high * 16);
    return;
  }
  if (raw.find('\\') == std::string_view::npos) {
    out += raw;
    return;
  }
  // ISO 32000-1:2008, table 3.
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 >= raw.size()) {
      out += raw[i];
      continue;
    }
    const char c = raw[++i];
    if (c >= '0' && c <= '7') {
      int code = 0, digits = 0;
      for (; digits < 3 && i < raw.size() && raw[i] >= '0' && raw[i] <= '7'; ++digits, ++i) {
        code = code * 8 + raw[i] - '0';
      }
      --i;
      out += static_cast<char>(code);
    } else if (c == '\r' || c == '\n') {
      if (c == '\r' && i + 1 < raw.size() && raw[i + 1] == '\n') ++i;
    } else {
      out += c == 'n'   ? '\n'
             : c == 'r' ? '\r'
             : c == 't' ? '\t'
             : c == 'b' ? '\b'
             : c == 'f' ? '\f'
                        : c;
    }
  }
}

}  // namespace sohoa
