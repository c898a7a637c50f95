#pragma once

#include <string>
#include <string_view>

namespace sohoa {

/// One Vietnamese syllable, any letter case, NFC: an onset, a nucleus with at most one tone, a
/// coda; stop codas (c, ch, p, t) take the acute or dot tone only. Both placements of the tone in
/// oa, oe, uy are legal (hoà, hòa).
bool isLegalSyllable(std::string_view text);

/// A letter taken apart.
struct LetterParts {
  char32_t base = 0;  ///< lower case, with breve, circumflex or horn, without tone
  int tone = 0;       ///< 0 level, 1 acute, 2 grave, 3 hook, 4 tilde, 5 dot
  bool upper = false;
  bool known = false;  ///< a letter of the Vietnamese alphabet
};
LetterParts takeApart(char32_t letter);

std::u32string toCodePoints(std::string_view utf8);
std::string toUtf8(const std::u32string& points);

}  // namespace sohoa
