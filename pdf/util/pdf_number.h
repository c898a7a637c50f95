#pragma once

#include <string>

namespace sohoa {

/// A real number in PDF syntax, without trailing zeros.
std::string number(double value, int decimals);

}  // namespace sohoa
