#pragma once

#include <string>
#include <string_view>

namespace sohoa {

/// Two small hexadecimal digits for each byte.
std::string hexOf(std::string_view bytes);
/// The bytes again; digits of either case. Throws std::invalid_argument for anything else.
std::string bytesFromHex(std::string_view hex);

}  // namespace sohoa
