#pragma once

#include <string>
#include <string_view>

namespace sohoa {

/// The data for a /FlateDecode stream; throws std::runtime_error when zlib refuses (no memory).
std::string deflated(std::string_view data);

}  // namespace sohoa
