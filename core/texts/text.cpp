#include "core/texts/text.h"

#include <unordered_map>

namespace sohoa {

struct Translation {
  std::string_view english, vietnamese;
};
/// Ends with an empty row.
extern const Translation kVietnamese[];

std::string_view tr(Language language, std::string_view english) {
  if (language == Language::en) return english;
  static const auto kTable = [] {
    std::unordered_map<std::string_view, std::string_view> table;
    for (const Translation* row = kVietnamese; !row->english.empty(); ++row) {
      table.emplace(row->english, row->vietnamese);
    }
    return table;
  }();
  const auto row = kTable.find(english);
  return row == kTable.end() ? english : row->second;
}

}  // namespace sohoa
