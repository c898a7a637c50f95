#pragma once

#include <map>
#include <string>

namespace sohoa::test {

/// A ZIP file of these entries, packed or as they are.
std::string zipOf(const std::map<std::string, std::string>& entries, bool packed);

}  // namespace sohoa::test
