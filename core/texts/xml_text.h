#pragma once

#include <string>
#include <string_view>

namespace sohoa {

/// UTF-8 as the content of an XML 1.0 element: & < > are escaped, a carriage return as well
/// (parsers drop it otherwise), and what XML cannot hold (control characters, bytes that are not
/// UTF-8) becomes U+FFFD.
std::string xmlText(std::string_view text);
/// The same for an attribute in double quotes.
std::string xmlAttribute(std::string_view text);

}  // namespace sohoa
