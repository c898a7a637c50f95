#pragma once

#include <string>
#include <string_view>

#include "pdf/structure/syntax.h"

namespace sohoa {

/// Only /ModDate and /Producer differ between two document information dictionaries.
bool onlyDatesDiffer(const PdfValue& before, const PdfValue& after);
/// Two XMP packets are the same but for white space and the properties that say when and by what
/// the file was written last.
bool sameButDates(std::string_view before, std::string_view after);

}  // namespace sohoa
