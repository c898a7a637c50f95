#include "core/texts/detail_text.h"

#include <array>
#include <optional>
#include <vector>

namespace sohoa {
namespace {

struct Row {
  std::string_view english, vietnamese;
};

// "{}" is a value, in the same order in both languages. Rows that are longer come first.
constexpr Row kRows[] = {
#include "core/texts/detail_text_vi.inc"
};

constexpr std::string_view kPlace = "{}";

/// The values of a pattern's places in a text; nullopt when the text does not fit. Each value is as
/// short as the next piece of the pattern allows, the last one reaches to the end.
std::optional<std::vector<std::string_view>> valuesOf(std::string_view pattern,
                                                      std::string_view text) {
  std::vector<std::string_view> values;
  for (;;) {
    const std::size_t place = pattern.find(kPlace);
    const std::string_view piece = pattern.substr(0, place);
    if (!text.starts_with(piece)) return std::nullopt;
    text.remove_prefix(piece.size());
    if (place == std::string_view::npos) {
      if (!text.empty()) return std::nullopt;
      return values;
    }
    pattern.remove_prefix(place + kPlace.size());
    const std::string_view next = pattern.substr(0, pattern.find(kPlace));
    const std::size_t end = next.empty() ? text.size() : text.find(next, 1);
    if (text.empty() || end == std::string_view::npos) return std::nullopt;
    // The last piece must end the text.
    const bool last = next.size() == pattern.size();
    const std::size_t length = last && !next.empty() ? text.size() - next.size() : end;
    if (length == 0 || length > text.size()) return std::nullopt;
    values.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
}

std::string filled(std::string_view pattern, const std::vector<std::string_view>& values) {
  std::string out;
  for (const std::string_view value : values) {
    const std::size_t place = pattern.find(kPlace);
    out += pattern.substr(0, place);
    out += value;
    pattern.remove_prefix(place + kPlace.size());
  }
  return out + std::string(pattern);
}

}  // namespace

std::string detailText(Language language, std::string_view english) {
  if (language == Language::en) return std::string(english);
  for (const Row& row : kRows) {
    if (const auto values = valuesOf(row.english, english)) return filled(row.vietnamese, *values);
  }
  return std::string(tr(language, english));
}

}  // namespace sohoa
