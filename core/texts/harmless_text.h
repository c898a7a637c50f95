#pragma once

#include <string>
#include <string_view>

namespace sohoa {

/// Text from outside (names in a document, file names) as a terminal may show it: control
/// characters, escape sequences, characters that turn the direction of writing (U+202E and its kin)
/// or that take no room become \u{1B}, bytes that are not UTF-8 \x{FF}. Line ends as well unless
/// `lines` are allowed; Vietnamese and all other letters stay.
std::string harmlessText(std::string_view text, bool lines = false);

}  // namespace sohoa
