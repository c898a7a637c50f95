#pragma once

#include <string>

namespace sohoa {

/// A finding of the validator with the specification's code, for example E092.
struct OcflFinding {
  std::string code;
  std::string where;  ///< path inside the storage root
  std::string what;   ///< English
  bool warning() const { return !code.empty() && code.front() == 'W'; }
};

}  // namespace sohoa
