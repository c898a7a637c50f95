#include "pdf/content_scanner.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "pdf/syntax.h"

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

/// Of each byte whether it ends a name, a number or an operator.
constexpr std::array<bool, 256> kEndsToken = [] {
  std::array<bool, 256> ends{};
  for (int c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    ends[static_cast<std::size_t>(c)] = isPdfSpace(byte) || isPdfDelimiter(byte);
  }
  return ends;
}();
bool endsToken(char c) { return kEndsToken[static_cast<unsigned char>(c)]; }

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
    if (isPdfSpace(c)) {
      ++at_;
    } else if (c == '%') {
      at_ = std::min(content_.find_first_of("\r\n", at_), content_.size());
    } else if (c == '(') {
      const std::string_view raw = literalString();
      if (operands.strings.size() < kMaxOperands) operands.strings.push_back({raw, 0});
    } else if (c == '<' && content_.substr(at_, 2) != "<<") {
      const std::string_view raw = hexString();
      if (operands.strings.size() < kMaxOperands) operands.strings.push_back({raw, 0});
    } else if (c == '[' || c == ']') {
      inArray_ = c == '[';
      ++at_;
    } else if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.') {
      number(operands);
    } else if (isPdfDelimiter(c) && c != '/') {
      at_ += content_.substr(at_, 2) == "<<" ? 2 : 1;
    } else {
      const std::size_t begin = at_ + (c == '/' ? 1 : 0);
      at_ = begin;
      while (at_ < content_.size() && !endsToken(content_[at_])) ++at_;
      const std::string_view word = content_.substr(begin, at_ - begin);
      if (c == '/') {
        operands.name = word;
        continue;
      }
      if (word == "true" || word == "false" || word == "null") continue;
      op = word;
      if (op == "BI") skipInlineImage();
      return true;
    }
  }
  return false;
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
