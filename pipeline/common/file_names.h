#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

/// "2.jpg" before "10.jpg": runs of digits compare by value, the rest by bytes. A strict weak
/// order.
bool naturalLess(std::string_view a, std::string_view b);

/// A file or folder name that may be kept: valid UTF-8 without control characters, '/' or '\\'
/// (which leads to another folder on Windows), not "." and not starting with "..", at most 255
/// bytes.
bool allowedName(std::string_view name);

/// Bytes made printable: whatever is not valid UTF-8, a control character or a backslash becomes
/// \xNN. Different bytes stay different.
std::string printable(std::string_view bytes);

/// Files that operating systems leave in folders (Thumbs.db, .DS_Store, desktop.ini …).
bool systemLeftover(std::string_view name);

/// The first number missing in the sequence of numbered names, for example 3 in 001, 002, 004.
/// Names that are a number alone count from 1; names such as IMG_0457 from their first number.
/// Nothing is missing where names carry no numbers; six digits and more that do not start with 0
/// are dates and times.
std::optional<int> missingNumber(const std::vector<std::string>& names);

}  // namespace sohoa
