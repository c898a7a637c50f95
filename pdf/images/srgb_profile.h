#pragma once

#include <string>

namespace sohoa {

/// An ICC profile (ICC.1:2001-04, version 2.1, display class) of the sRGB colour space
/// (IEC 61966-2-1), computed here so that no file with a licence of its own is embedded.
/// The same bytes on every call.
std::string srgbProfile();

}  // namespace sohoa
