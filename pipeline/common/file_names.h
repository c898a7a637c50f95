#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

/// "2.jpg" before "10.jpg": runs of digits compare by value, the rest by bytes. A strict weak
/// order.
bool naturalLess(std::string_view a, std::string_view b);

/// Whether a file or folder name may be kept: valid UTF-8 without control characters, '/' or '\\'
/// (a path separator on Windows), not ".", not starting with "..", at most 255 bytes.
bool allowedName(std::string_view name);

/// Makes bytes printable: control characters, backslashes and bytes that are not valid UTF-8 become
/// \xNN. Different inputs give different outputs.
std::string printable(std::string_view bytes);

/// Files that operating systems create in folders (Thumbs.db, .DS_Store, desktop.ini …).
bool systemLeftover(std::string_view name);

/// The first gap in the numbers of file names, for example 3 for 001, 002, 004. Names that consist
/// of a number only are counted from 1 (or from 0 if 0 is present); names such as IMG_0457 from
/// their lowest number. Returns nothing for names without numbers. Numbers of six or more digits
/// that do not start with 0 are ignored as dates or times.
std::optional<int> missingNumber(const std::vector<std::string>& names);

}  // namespace sohoa
