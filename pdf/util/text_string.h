#pragma once

#include <string>
#include <string_view>

namespace sohoa {

/// A PDF text string (ISO 32000-1:2008, 7.9.2.2) as UTF-8.
std::string textOfPdfString(std::string_view bytes);
/// The bytes of a text as a PDF text string: as it is when it is ASCII, UTF-16BE otherwise.
std::string pdfStringOfText(std::string_view utf8);
/// The code points of UTF-8; U+FFFD for what is not UTF-8.
std::u32string codePoints(std::string_view utf8);
/// At most some hundred bytes of it, for messages that name what a foreign file holds.
std::string shortened(std::string utf8);

}  // namespace sohoa
