#pragma once

#include <string_view>

namespace sohoa {

/// RFC 3339 date-time: full date, 'T', seconds, optional fraction, zone. The day must exist.
bool isRfc3339(std::string_view text);
/// RFC 3986: begins with a scheme, has something after it and no space.
bool isUri(std::string_view text);
bool equalsIgnoringCase(std::string_view a, std::string_view b);

}  // namespace sohoa
