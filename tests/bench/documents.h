#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/record.h"

namespace sohoa::bench {

/// Made-up dossiers for measurements: the n-th is always the same. Words are as unevenly common as
/// those of a language (Zipf), over some 3,000 syllables, beside the set phrases of every decision.
struct Document {
  DossierRecord record;  ///< one dossier with one result of one page
  std::string text;      ///< of that page, about 140 words
};
Document documentOf(std::int64_t n);

/// So many offices, and so many days of receipt from 2021-01-01, Sundays included.
inline constexpr int kUnits = 150, kDays = 1095;

/// What people ask for, by kind: "rare", "common", "phrase", "prefix", "pair", "unknown", each also
/// typed without diacritics. `n`: which of them; `documents`: how many there are.
struct Question {
  std::string kind, words;
};
Question questionOf(std::int64_t n, std::int64_t documents);

/// A reproducible random number.
std::uint64_t scrambled(std::uint64_t n);

}  // namespace sohoa::bench
