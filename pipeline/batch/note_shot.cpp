#include "pipeline/batch/note_shot.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "storage/text/text_folding.h"

namespace sohoa {

bool isNoteShot(const std::string& fileName) {
  const std::string stem = foldText(fileName.substr(0, fileName.rfind('.')));
  static constexpr std::array<std::string_view, 5> kMarks = {" note", " ghi chu", " ghichu",
                                                             " giay nho", " giaynho"};
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return stem.ends_with(mark); });
}

}  // namespace sohoa
