#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

/// Calls back with the fields of every record of a CSV text (RFC 4180) and the line on which it
/// begins, from 1. Lines may end with LF or CRLF; empty lines are passed over. False when a quoted
/// field is not closed; `lastLine` is then where its record began.
bool readCsv(std::string_view text, char separator,
             const std::function<void(const std::vector<std::string>& fields, int line)>& visit,
             int& lastLine);
/// One field, quoted when it has to be.
std::string csvField(std::string_view text);

}  // namespace sohoa
