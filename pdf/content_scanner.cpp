#include "pdf/content_scanner.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "pdf/syntax.h"

namespace sohoa {
namespace {

/// Beyond this operands are dropped: no operator has so many.
constexpr std::size_t kMaxOperands = 4096;

constexpr std::array<double, 8> kTenths = {1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7};

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
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
      while (at_ < content_.size() && !isPdfSpace(content_[at_]) && !isPdfDelimiter(content_[at_]))
        ++at_;
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
  double value = 0;
  std::size_t decimals = 0;
  bool negative = false, fraction = false;
  for (; at_ < content_.size(); ++at_) {
    const char c = content_[at_];
    if (c >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
      decimals += fraction ? 1 : 0;
    } else if (c == '.') {
      fraction = true;
    } else if (c == '-') {
      negative = true;
    } else if (c != '+') {
      break;
    }
  }
  value *= decimals < kTenths.size() ? kTenths[decimals] : std::pow(0.1, decimals);
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
      const int digit = hexDigit(c);
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
      out += c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c == 'b' ? '\b' : c == 'f' ? '\f' : c;
    }
  }
}

}  // namespace sohoa
