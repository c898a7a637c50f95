#include <string_view>

namespace sohoa {

struct Translation {
  std::string_view english, vietnamese;
};

/// English text (the message id) -> Vietnamese, grouped by who says it. A test compares this table
/// with every tr() and say() in the sources.
extern const Translation kVietnamese[];
const Translation kVietnamese[] = {
#include "core/texts/text_vi_pipeline.inc"
#include "core/texts/text_vi_signing.inc"
#include "core/texts/text_vi_storage.inc"
    {"", ""},
};

}  // namespace sohoa
