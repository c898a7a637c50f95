#include "core/separator_sheet.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/digest.h"
#include "core/dossier_code.h"

namespace sohoa {
namespace {

constexpr std::string_view kMarker = "SOHOA:";
constexpr std::string_view kVersion = "1";
constexpr int kMost = 99999;  ///< sheets of a print, pages of a dossier

std::string checkOf(std::string_view text) {
  std::string hex = sha512(text).hex().substr(0, 8);
  for (char& c : hex) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  return hex;
}

std::string_view takeUntil(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

std::optional<int> number(std::string_view text, int least) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (value < least || value > kMost) return std::nullopt;
  return value;
}

std::optional<SeparatorSheet> fieldsOf(std::string_view rest) {
  SeparatorSheet sheet;
  const auto code = DossierCode::parse(takeUntil(rest, ':'));
  const auto ordinal = number(takeUntil(rest, '/'), 1);
  const auto of = number(takeUntil(rest, ':'), 1);
  const auto pages = number(takeUntil(rest, ':'), 0);
  sheet.series = takeUntil(rest, ':');
  if (!code || !ordinal || !of || !pages || *ordinal > *of || !rest.empty()) return std::nullopt;
  sheet.code = code->text();
  sheet.number = *ordinal;
  sheet.of = *of;
  sheet.pages = *pages;
  return sheet;
}

/// Upper case, "%2E" and the like decoded.
std::string plain(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  };
  std::string upper;
  for (const char c : text) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  std::string out;
  for (std::size_t i = 0; i < upper.size(); ++i) {
    const int high = upper[i] == '%' && i + 2 < upper.size() ? digit(upper[i + 1]) : -1;
    const int low = high >= 0 ? digit(upper[i + 2]) : -1;
    if (low < 0) {
      out += upper[i];
      continue;
    }
    out += static_cast<char>(16 * high + low);
    i += 2;
  }
  return out;
}

bool partOfCode(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
}

/// The dossier code that begins at the start of `run`, whatever follows it ("…-KQ1", a full stop).
std::optional<DossierCode> codeAtStart(std::string_view run) {
  const std::size_t dash = run.find('-');
  constexpr std::size_t kTail = sizeof "-210910-0001" - 1;
  if (dash == std::string_view::npos || run.size() < dash + kTail) return std::nullopt;
  const std::size_t end = dash + kTail;
  if (end < run.size() && run[end] >= '0' && run[end] <= '9') return std::nullopt;
  return DossierCode::parse(run.substr(0, end));
}

}  // namespace

std::string separatorPayload(const SeparatorSheet& sheet) {
  const std::string text = fmt::format("{}{}:{}:{}/{}:{}:{}", kMarker, kVersion, sheet.code,
                                       sheet.number, sheet.of, sheet.pages, sheet.series);
  return text + ":" + checkOf(text);
}

SeparatorReading readSeparatorPayload(std::string_view payload) {
  using Kind = SeparatorReading::Kind;
  if (!payload.starts_with(kMarker)) return {};
  std::string_view rest = payload.substr(kMarker.size());
  if (takeUntil(rest, ':') != kVersion) return {Kind::unknownVersion, {}};
  const std::size_t colon = payload.rfind(':');
  if (payload.substr(colon + 1) != checkOf(payload.substr(0, colon)))
    return {Kind::checkFailed, {}};
  const std::size_t check = payload.size() - colon;
  if (rest.size() < check) return {Kind::checkFailed, {}};
  const auto sheet = fieldsOf(rest.substr(0, rest.size() - check));
  if (!sheet) return {Kind::checkFailed, {}};
  return {Kind::sheet, *sheet};
}

std::vector<std::string> dossierCodesIn(std::string_view text) {
  const std::string upper = plain(text);
  std::vector<std::string> codes;
  for (std::size_t at = 0; at < upper.size();) {
    std::size_t end = at;
    while (end < upper.size() && partOfCode(upper[end])) ++end;
    // A code may begin anywhere in a run ("MA-000.00.12…"), but not within a longer number.
    for (std::size_t start = at; start < end; ++start) {
      const bool boundary = start == at || upper[start - 1] == '-' || upper[start - 1] == '.';
      if (!boundary) continue;
      const auto code = codeAtStart(std::string_view(upper).substr(start, end - start));
      if (!code) continue;
      if (std::find(codes.begin(), codes.end(), code->text()) == codes.end())
        codes.push_back(code->text());
      start += code->text().size() - 1;
    }
    at = std::max(end, at + 1);
  }
  return codes;
}

}  // namespace sohoa
