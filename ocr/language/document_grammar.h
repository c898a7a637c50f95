#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "ocr/language/folded_text.h"

namespace sohoa {

/// What the components of a document look like (NĐ 30/2020/NĐ-CP, Annex I and III). Texts named
/// `folded` are in ASCII capitals, as foldCapitals() gives them.

/// A number and symbol taken apart: "07/2021/QĐ-UBND" -> 07, 2021, QĐ-UBND.
struct NumberParts {
  std::string number, year, symbol;
  bool wellFormed = false;  ///< digits where digits belong, a symbol of capitals
};
/// `text` follows "Số:"; spaces are allowed. Returns nothing when it holds neither digits nor '/'.
std::optional<NumberParts> parseNumber(std::string_view text);
/// The parts as they are filed: "1234/QĐ-STNMT".
std::string numberText(const NumberParts& parts);

/// A day of the calendar between 1945 and 2099.
std::optional<Day> parseDay(std::string_view day, std::string_view month, std::string_view year);

/// Two to six capitalised Vietnamese syllables.
bool looksLikeName(std::string_view text);

/// Whether a word of a date, document number or dossier code breaks its grammar in a way that only
/// a misreading explains: letters among digits that look like digits, a month of 13, a code that is
/// almost one. Such words are suspect whatever their confidence.
bool breaksGrammar(std::string_view word);

}  // namespace sohoa
