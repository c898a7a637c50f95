#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"

namespace sohoa {

/// A PDF date (ISO 32000-1:2008, 7.9.4) in Vietnam's time zone: "D:20210910143020+07'00'".
std::string pdfDate(Time time);
/// Parses a PDF date with all six parts, nullopt otherwise; without a zone it is read as UTC.
std::optional<Time> parsePdfDate(std::string_view text);

}  // namespace sohoa
