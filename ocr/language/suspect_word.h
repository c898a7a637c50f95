#pragma once

#include <string_view>

namespace sohoa {

/// Whether signals say that a word may be wrong: low confidence, letters that make no Vietnamese
/// syllable (abbreviations in capitals and document symbols are allowed), digits among letters,
/// impossible dates, signs that office prose does not use. The text itself is kept as read.
bool isSuspect(std::string_view word, double confidence);

}  // namespace sohoa
