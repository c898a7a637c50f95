#pragma once

#include <string>
#include <string_view>

namespace sohoa {

/// RFC 3339 date-time: full date, 'T', seconds, optional fraction, zone. The day must exist.
bool isRfc3339(std::string_view text);
/// RFC 3986: begins with a scheme, has something after it and no space.
bool isUri(std::string_view text);
bool equalsIgnoringCase(std::string_view a, std::string_view b);

/// One or more of 0-9.
bool isDigits(std::string_view text);
/// A file that means to be a NAMASTE declaration: digits, '=', anything.
bool isDeclaration(std::string_view name);
/// The specification version of "<prefix>1.1"; empty when the name has another form.
std::string_view declaredVersion(std::string_view name, std::string_view prefix);

/// The digest in a sidecar `DIGEST inventory.json` (3.6); empty when it has another form.
std::string sidecarDigest(std::string_view sidecar);

}  // namespace sohoa
