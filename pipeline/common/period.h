#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"

namespace sohoa {

/// A span of days, both ends included.
struct Period {
  Day from{}, to{};
  std::string name;  ///< the text it was parsed from
};

/// Parses "2021", "2021-H1", "2021-Q4", "2021-09", "2021-09-10" or "2021-07-01..2021-09-30".
std::optional<Period> parsePeriod(std::string_view text);

}  // namespace sohoa
